package org.carillon.deploy.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.carillon.ssh.Host;
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployLockTest {

  private static final ClockSource CLOCK = new SystemClock();
  private static final LockPolicy PATIENT = new LockPolicy(Duration.ofSeconds(30), false);

  @TempDir Path folder;
  private final Host host = new LocalHost("bell1");
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  private DeployLock take(String reports, LockPolicy policy) {
    return DeployLock.take(
        folder.resolve(reports), "echo", "release of echo", policy, CLOCK, said::add);
  }

  private Path nodeLock() {
    return folder.resolve("a root").resolve("lock");
  }

  private void takeOn(DeployLock lock) {
    lock.takeOn(host, folder.resolve("a root").toString());
  }

  private static CarillonException refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(CarillonException.class, call);
  }

  @Test
  void theSecondIsRefusedAndToldWhoHoldsIt() {
    try (DeployLock lock = take("reports", LockPolicy.REFUSE)) {
      CarillonException refused = refused(() -> take("reports", LockPolicy.REFUSE));
      assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(refused)
          .hasMessageStartingWith("a deployment of echo is under way (")
          .hasMessageContaining(lock.holder().describe())
          .hasMessageContaining("--wait 5m");
    }
    take("reports", LockPolicy.REFUSE).close();
  }

  @Test
  void theSecondWaitsAndSaysForWhom() throws Exception {
    DeployLock first = take("reports", LockPolicy.REFUSE);
    Thread second = Thread.ofVirtual().start(() -> take("reports", PATIENT).close());
    while (said.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(said.getFirst()).startsWith("waits: ").contains(first.holder().describe());
    first.close();
    second.join();
  }

  @Test
  void whoWaitsInVainEndsWithATimeout() {
    try (DeployLock lock = take("reports", LockPolicy.REFUSE)) {
      assertThat(lock).isNotNull();
      CarillonException refused =
          refused(() -> take("reports", new LockPolicy(Duration.ofMillis(1), false)));
      assertThat(refused.exitCode()).isEqualTo(ExitCode.TIMEOUT);
    }
  }

  @Test
  void twoHeadNodesCannotBothHaveTheSameNode() {
    try (DeployLock one = take("one", LockPolicy.REFUSE);
        DeployLock other = take("other", LockPolicy.REFUSE)) {
      takeOn(one);
      takeOn(one); // after an answer that was lost
      assertThat(nodeLock())
          .isDirectoryContaining("glob:**/*-*")
          .satisfies(it -> assertThat(content(it)).contains("\"what\":\"release of echo\""));
      assertThat(nodeLock()).satisfies(DeployLockTest::isForUsAndOurGroup);
      assertThat(refused(() -> takeOn(other)))
          .hasMessageStartingWith("bell1: a deployment into ")
          .hasMessageContaining(one.holder().describe())
          .hasMessageContaining("--break-lock");
      one.releaseOn(host);
      takeOn(other);
      other.releaseOn(host);
      assertThat(nodeLock().getParent()).isEmptyDirectory();
    }
  }

  private static String content(Path lock) throws IOException {
    try (Stream<Path> files = Files.list(lock)) {
      return Files.readString(files.findFirst().orElseThrow());
    }
  }

  private static void isForUsAndOurGroup(Path lock) throws IOException {
    assertThat(mode(lock)).isEqualTo("rwxr-x---");
    try (Stream<Path> files = Files.list(lock)) {
      assertThat(files).singleElement().extracting(DeployLockTest::mode).isEqualTo("rw-r-----");
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void leave(LockHolder holder) throws IOException {
    leave(holder.toLine());
  }

  private void leave(String line) throws IOException {
    Files.createDirectories(nodeLock());
    Files.writeString(nodeLock().resolve("somebody"), line + "\n");
  }

  private static LockHolder dead(LockHolder living) {
    return new LockHolder(
        living.user(),
        living.machine(),
        living.pid(),
        living.startTicks() - 1, // the number was given to another process since
        living.what(),
        living.sinceNs());
  }

  @Test
  void theLockOfAProcessThatDiedOnThisMachineIsTakenOver() throws IOException {
    try (DeployLock lock = take("reports", LockPolicy.REFUSE)) {
      leave(dead(lock.holder()));
      takeOn(lock);
      assertThat(said).singleElement().asString().contains("takes over", "has died");
      lock.releaseOn(host);
      assertThat(nodeLock()).doesNotExist();
    }
  }

  @Test
  void theLockOfAnotherMachineIsBrokenOnlyOnRequest() throws IOException {
    try (DeployLock lock = take("reports", LockPolicy.REFUSE)) {
      LockHolder mine = dead(lock.holder());
      LockHolder foreign =
          new LockHolder(
              "bob", new Machine("belfry", "m", "b", "n"), mine.pid(), 1, "rollback of echo", 0);
      assertThat(foreign.isDead()).isFalse();
      leave(foreign);
      assertThatThrownBy(() -> takeOn(lock))
          .hasMessageContaining("bob on belfry")
          .hasMessageContaining("--break-lock");
      assertThat(nodeLock()).exists();
    }
    try (DeployLock lock = take("reports", new LockPolicy(Duration.ZERO, true))) {
      takeOn(lock);
      assertThat(said).last().asString().contains("breaks the lock (bob on belfry");
      lock.releaseOn(host);
    }
  }

  @Test
  void aHolderThatLivesIsNotDeadAndALineOfItIsReadAsItWas() {
    LockHolder holder = LockHolder.ofThisProcess("a \"test\"\nof lines", CLOCK);
    assertThat(holder.isDead()).isFalse();
    assertThat(holder.toLine()).doesNotContain("\n");
    assertThat(LockHolder.parse(holder.toLine())).contains(holder);
    for (String garbage : new String[] {"", "x", "{}", "[1]", "{\"pid\":\"x\"}", "\0"}) {
      assertThat(LockHolder.parse(garbage)).isEmpty();
    }
  }

  @Test
  void aLockWithGarbageInItIsHeldBySomebodyUnknown() throws IOException {
    leave("garbage");
    try (DeployLock lock = take("reports", LockPolicy.REFUSE)) {
      assertThatThrownBy(() -> takeOn(lock)).hasMessageContaining("holder unknown");
    }
    try (DeployLock lock = take("reports", new LockPolicy(Duration.ZERO, true))) {
      takeOn(lock);
      lock.releaseOn(host);
      assertThat(nodeLock()).doesNotExist();
    }
  }

  @Test
  void whoGivesALockBackThatWasBrokenTakesItFromNobody() throws IOException {
    try (DeployLock one = take("one", LockPolicy.REFUSE);
        DeployLock other = take("other", new LockPolicy(Duration.ZERO, true))) {
      takeOn(one);
      takeOn(other);
      one.releaseOn(host);
      assertThat(content(nodeLock())).contains(other.holder().toLine());
      other.releaseOn(host);
      assertThat(nodeLock()).doesNotExist();
    }
  }

  @Test
  void aFolderThatWasLeftEmptyIsNobodys() throws IOException {
    Files.createDirectories(nodeLock());
    try (DeployLock lock = take("reports", LockPolicy.REFUSE)) {
      takeOn(lock);
      lock.releaseOn(host);
    }
  }

  @Test
  void ofTwoThatKeepWhatTheOtherOneWaitsForTheEarlierOneGetsAll() throws Exception {
    try (DeployLock earlier = take("earlier", PATIENT);
        DeployLock later = take("later", PATIENT)) {
      earlier.takeAndKeepOn(host, folder.resolve("one").toString());
      later.takeAndKeepOn(new LocalHost("bell2"), folder.resolve("two").toString());
      Thread waits =
          Thread.ofVirtual()
              .start(
                  () ->
                      earlier.takeAndKeepOn(
                          new LocalHost("bell2"), folder.resolve("two").toString()));
      assertThat(refused(() -> later.takeAndKeepOn(host, folder.resolve("one").toString())))
          .hasMessageStartingWith("bell1: an earlier deployment is under way there (")
          .hasMessageContaining(earlier.holder().describe())
          .hasMessageContaining("such as bell2: this one stands back");
      later.releaseOn(new LocalHost("bell2"));
      waits.join();
      assertThat(content(folder.resolve("two/lock"))).contains(earlier.holder().toLine());
      earlier.releaseOn(host);
      earlier.releaseOn(new LocalHost("bell2"));
    }
  }
}

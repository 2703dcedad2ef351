package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every host, over a real sshd. */
class SshHostIT extends HostContract {
  private static SshdFixture sshd;
  private static SshHosts hosts;
  private static Host host;

  @BeforeAll
  static void connect(@TempDir Path folder) {
    sshd = new SshdFixture(folder);
    hosts = sshd.hosts();
    host = hosts.connect(sshd.target());
  }

  @AfterAll
  static void close() {
    hosts.close();
    sshd.close();
  }

  @Override
  Host host() {
    return host;
  }

  @Test
  void usesOneConnectionForEverything() throws IOException {
    host.run(Command.script("true", DEADLINE));
    host.list(folder.toString(), DEADLINE);
    long before = logins();
    for (int i = 0; i < 5; i++) {
      host.run(Command.script("true", DEADLINE));
      host.list(folder.toString(), DEADLINE);
    }
    assertThat(logins()).isEqualTo(before);
  }

  private static long logins() {
    return sshd.log().lines().filter(line -> line.startsWith("Accepted publickey")).count();
  }

  @Test
  void copiesFilesWhoseNamesArePatterns() throws IOException {
    Path source = random("source", 1_000);
    String target = folder + "/a*b?c\\d [e]-ü";
    Files.createDirectory(folder.resolve("axb"));
    host.upload(source, target, DEADLINE);
    assertThat(names(folder)).containsExactly("a*b?c\\d [e]-ü", "axb", "source");
    host.download(target, folder.resolve("back"), DEADLINE);
    assertThat(folder.resolve("back")).hasSameBinaryContentAs(source);
  }

  @Test
  void connectsAgainAfterTheConnectionBroke() {
    try (SshdFixture other = new SshdFixture(folder);
        SshHosts others = other.hosts()) {
      Host host = others.connect(other.target());
      host.run(Command.script("true", DEADLINE));
      Path started = folder.resolve("started");
      Thread breaker =
          Thread.ofVirtual()
              .start(
                  () -> {
                    Await.until("the command runs", () -> ran(started));
                    other.dropSessions();
                  });
      HostException failure =
          failure(
              () -> host.run(Command.script("echo $$ >" + started + "; exec sleep 600", DEADLINE)));
      assertThat(failure.kind()).isEqualTo(HostException.Kind.LOST);
      assertThat(failure)
          .hasMessageContaining("bell: the connection to")
          .hasMessageContaining("whose effect is unknown");
      Processes.kill(Long.parseLong(lines(started).getFirst()));
      assertThat(breaker.join(Duration.ofSeconds(30))).isTrue();
      assertThat(host.run(Command.script("echo again", DEADLINE)).text()).isEqualTo("again");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCommandOfWhichNobodySawTheEndIsEndedBeforeAnythingElseBegins() throws Exception {
    try (SshdFixture other = new SshdFixture(Files.createDirectory(folder.resolve("other")));
        SshHosts others = other.hosts()) {
      Host host = others.connect(other.target());
      Path started = folder.resolve("started");
      Thread breaker =
          Thread.ofVirtual()
              .start(
                  () -> {
                    Await.until("the command runs", () -> ran(started));
                    other.dropConnections();
                  });
      HostException failure =
          failure(
              () -> host.run(Command.script("echo $$ >" + started + "; exec sleep 600", DEADLINE)));
      assertThat(failure.kind()).isEqualTo(HostException.Kind.LOST);
      assertThat(breaker.join(Duration.ofSeconds(30))).isTrue();
      long lost = Long.parseLong(lines(started).getFirst());
      assertThat(Processes.lives(lost)).as("without its connection").isTrue();
      host.run(Command.script("true", DEADLINE));
      Await.until("it was ended", () -> !Processes.lives(lost));
    }
  }

  @Test
  void aCommandForWhichItsHostIsReadyTooLateNeverBegins() throws IOException {
    Path gate = folder.resolve("gate");
    Path over = folder.resolve("over");
    Path begun = folder.resolve("begun");
    // What the host says waits until the gate is open, as on one that is too busy.
    String late =
        "ForceCommand setsid -w sh -c \"$SSH_ORIGINAL_COMMAND\" | { while [ ! -e %s ]; do sleep 0.05; done; cat; }; echo over >%s";
    try (SshdFixture busy =
            new SshdFixture(
                Files.createDirectory(folder.resolve("busy")), late.formatted(gate, over));
        SshHosts hosts = busy.hosts()) {
      Host host = hosts.connect(busy.target());
      HostException failure =
          failure(() -> host.run(Command.script("echo begun >" + begun, Duration.ofMillis(1_500))));
      assertThat(failure.kind()).isEqualTo(HostException.Kind.TIMEOUT);
      Files.createFile(gate);
      Await.until("the host has come to it", () -> ran(over));
      assertThat(begun).doesNotExist();
    }
  }

  private static boolean ran(Path pidFile) {
    return Files.exists(pidFile) && !lines(pidFile).isEmpty();
  }
}

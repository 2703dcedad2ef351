package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.ssh.HostContract.DEADLINE;
import static org.carillon.ssh.HostContract.failure;
import static org.carillon.ssh.HostContract.names;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.carillon.ssh.HostException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies that go wrong, over a real sshd. A named pipe is a file that stops half way. */
class SshCopyIT {
  @TempDir Path folder;
  private Path target;
  private Path pipe;
  private SshdFixture sshd;

  @BeforeEach
  void start() throws IOException {
    sshd = new SshdFixture(Files.createDirectory(folder.resolve("sshd")));
    target = Files.createDirectory(folder.resolve("target"));
    pipe = folder.resolve("pipe");
    SshdFixture.run("mkfifo", pipe.toString());
  }

  @AfterEach
  void stop() {
    sshd.close();
  }

  /** Writes into the pipe, then keeps it open until the latch falls. */
  private Thread write(int sizeBytes, Runnable written, CountDownLatch end) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(new byte[sizeBytes]);
                written.run();
                end.await();
              } catch (IOException | InterruptedException e) {
                // The reader has gone.
              }
            });
  }

  @Test
  void anUploadThatIsCutOffLeavesNothingUnderItsName() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (SshHosts hosts = sshd.hosts()) {
      Host host = hosts.connect(sshd.target());
      Path file = target.resolve("file");
      Files.writeString(file, "the old one");
      Thread writer = write(5_000_000, sshd::dropSessions, end);
      HostException failure = failure(() -> host.upload(pipe, file.toString(), DEADLINE));
      assertThat(failure.kind()).isEqualTo(Kind.LOST);
      assertThat(failure).hasMessageContaining("copying " + pipe + " to " + file);
      assertThat(file).hasContent("the old one");
      end.countDown();
      writer.join();
      // The host still answers, so what had come was taken away again.
      assertThat(names(target)).containsExactly("file");
    }
  }

  @Test
  void anUploadThatStandsStillIsGivenUp() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (SshHosts hosts = sshd.hosts(SshdFixture.shortSilences())) {
      Host host = hosts.connect(sshd.target());
      Thread writer = write(100_000, () -> {}, end);
      HostException failure =
          failure(() -> host.upload(pipe, target.resolve("file").toString(), DEADLINE));
      assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(failure).hasMessageContaining("stood still for 2s");
      end.countDown();
      writer.join();
      assertThat(target.resolve("file")).doesNotExist();
    }
  }

  @Test
  void aDownloadThatStandsStillIsGivenUpAndLeavesNothing() throws Exception {
    Path source = folder.resolve("source");
    SshdFixture.run("truncate", "-s", "4G", source.toString());
    try (SshHosts hosts = sshd.hosts(SshdFixture.shortSilences())) {
      Host host = hosts.connect(sshd.target());
      Thread freezer =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    Await.until("some of it came", this::someOfItCame);
                    sshd.freezeSessions();
                  });
      HostException failure =
          failure(() -> host.download(source.toString(), target.resolve("file"), DEADLINE));
      assertThat(failure.kind()).isIn(Kind.TIMEOUT, Kind.LOST);
      freezer.join();
      assertThat(names(target)).isEmpty();
      assertThat(host.run(Command.script("echo on", DEADLINE)).text()).isEqualTo("on");
    }
  }

  private boolean someOfItCame() {
    try {
      for (String name : names(target)) {
        if (Files.size(target.resolve(name)) > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aHostThatIsFrozenIsGivenUpInTimeAndUsedAgainLater() {
    try (SshHosts hosts = sshd.hosts(SshdFixture.shortSilences())) {
      Host host = hosts.connect(sshd.target());
      Command command = Command.script("echo on", DEADLINE);
      assertThat(host.run(command).text()).isEqualTo("on");
      sshd.freezeSessions();
      HostException failure = failure(() -> host.run(command));
      assertThat(failure.kind()).isIn(Kind.TIMEOUT, Kind.LOST);
      assertThat(host.run(command).text()).isEqualTo("on");
    }
  }

  @Test
  void aHostThatIsShortOfChannelsGetsAllCommandsDoneAllTheSame() throws Exception {
    try (SshdFixture narrow =
            new SshdFixture(Files.createDirectory(folder.resolve("narrow")), "MaxSessions 2");
        SshHosts hosts = narrow.hosts()) {
      Host host = hosts.connect(narrow.target());
      List<CompletableFuture<String>> answers =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> host.run(Command.script("echo " + i, DEADLINE)).text(),
                          task -> Thread.ofVirtual().start(task)))
              .toList();
      assertThat(answers.stream().map(CompletableFuture::join))
          .containsExactlyElementsOf(IntStream.range(0, 12).mapToObj(String::valueOf).toList());
    }
  }

  @Test
  void aHostThatOpensNoFurtherChannelSaysWhy() throws Exception {
    try (SshdFixture narrow =
            new SshdFixture(Files.createDirectory(folder.resolve("narrow")), "MaxSessions 0");
        SshHosts hosts = narrow.hosts()) {
      Host host = hosts.connect(narrow.target());
      HostException command = failure(() -> host.run(Command.script("echo on", DEADLINE)));
      assertThat(command.kind()).isEqualTo(Kind.REFUSED);
      assertThat(command).hasMessageContaining("MaxSessions");
      HostException listing = failure(() -> host.list(target.toString(), DEADLINE));
      assertThat(listing.kind()).isEqualTo(Kind.REFUSED);
      assertThat(listing).hasMessageContaining("MaxSessions");
    }
  }

  @Test
  void anUploadThatDiffersFromItsOriginalIsRefused() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path tool =
        Files.writeString(tools.resolve("sha256sum"), "#!/bin/sh\ncat >/dev/null\necho 0123 -\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path source = Files.writeString(folder.resolve("source"), "text");
    try (SshdFixture lying =
            new SshdFixture(
                Files.createDirectory(folder.resolve("lying")),
                // As if /etc/environment said so; a login shell may set PATH anew.
                "ForceCommand PATH="
                    + tools
                    + ":$PATH; case $SSH_ORIGINAL_COMMAND in internal-sftp) exec /usr/lib/openssh/sftp-server ;; *) eval \"$SSH_ORIGINAL_COMMAND\" ;; esac");
        SshHosts hosts = lying.hosts()) {
      Host host = hosts.connect(lying.target());
      HostException failure =
          failure(() -> host.upload(source, target.resolve("file").toString(), DEADLINE));
      assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failure)
          .hasMessageContaining("the copy differs from the original: size and SHA-256 are 4 0123");
      assertThat(names(target)).isEmpty();
    }
  }
}

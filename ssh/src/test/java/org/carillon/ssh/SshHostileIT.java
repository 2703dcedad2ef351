package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.ssh.HostContract.DEADLINE;
import static org.carillon.ssh.HostContract.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.carillon.ssh.HostException.Kind;
import org.carillon.ssh.copy.Fetch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fetching from a host that lies: nothing gets outside the folder that bears its name. */
class SshHostileIT {
  @TempDir Path folder;
  private Path asked;
  private Path home;

  @BeforeEach
  void makeFolders() throws IOException {
    asked = Files.createDirectory(folder.resolve("asked"));
    home = Files.createDirectory(folder.resolve("home"));
  }

  private void at(String lie, Consumer<Host> work) throws IOException {
    String server =
        "ForceCommand case $SSH_ORIGINAL_COMMAND in internal-sftp) exec %s -XX:TieredStopAtLevel=1 -cp '%s' %s '%s' ;; *) eval \"$SSH_ORIGINAL_COMMAND\" ;; esac"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin/java"),
                Path.of("target/test-classes").toAbsolutePath(),
                HostileSftp.class.getName(),
                lie);
    try (SshdFixture sshd = new SshdFixture(Files.createDirectory(folder.resolve("sshd")), server);
        SshHosts hosts = sshd.hosts()) {
      work.accept(hosts.connect(sshd.target()));
    }
  }

  private Fetch fetch(Duration deadline) {
    return new Fetch(List.of(asked.toString()), home, deadline);
  }

  private List<String> arrived() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "../evil, is not the name of a file",
    "/tmp/evil, is not the name of a file",
    "a/../../../evil, is not the name of a file",
    "evil%00, is not the name of a file",
    "no-name, is not the name of a file",
    "endless-list, it has more than 100000 files",
    "short-file, only 10 of 1000 bytes came",
  })
  void whatCannotBeIsRefusedAndLeavesNoFile(String lie, String complaint) throws IOException {
    at(
        lie,
        host -> {
          HostException failure = failure(() -> fetch(DEADLINE).on(host));
          assertThat(failure).hasMessageContaining(complaint);
          assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        });
    assertThat(arrived()).isEmpty();
    assertThat(Stream.of(folder.toFile().list()))
        .containsExactlyInAnyOrder("asked", "home", "sshd");
  }

  @Test
  void aFileThatNeverEndsEndsAtTheDeadlineAndLeavesNothing() throws IOException {
    at(
        "endless-file",
        host -> {
          HostException failure = failure(() -> fetch(Duration.ofSeconds(3)).on(host));
          assertThat(failure).hasMessageContaining("was not done within 3s");
          assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        });
    assertThat(arrived()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"link, 1", "., 0", ".., 0"})
  void linksAndTheFolderItselfAreLeftOut(String lie, int leftOut) throws IOException {
    at(
        lie,
        host -> assertThat(fetch(DEADLINE).on(host)).isEqualTo(new Fetch.Result(0, 0, leftOut)));
    assertThat(arrived()).isEmpty();
  }
}

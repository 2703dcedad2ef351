package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.carillon.core.time.SystemClock;
import org.carillon.ssh.HostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host must be for a release, asked of this machine. */
class EnvironmentTest {

  @TempDir private Path folder;

  private void check(String host, long bytes, Duration headsClock) {
    Bench bench = new Bench(folder);
    Instant now = Instant.ofEpochSecond(new SystemClock().realtimeNs() / 1_000_000_000L);
    Environment.check(bench.host(host), bench.load().deployable(), bytes, 10, now.plus(headsClock));
  }

  @Test
  void aSoundHostPassesAndHasItsFolders() {
    check("a", 1 << 20, Duration.ZERO);
    assertThat(folder.resolve("hosts/a/releases")).isEmptyDirectory();
    assertThat(folder.resolve("hosts/a/incoming")).isEmptyDirectory();
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    assertThatThrownBy(() -> check("a", 1L << 60, Duration.ofHours(-24)))
        .isInstanceOf(HostException.class)
        .hasMessageStartingWith("a: its clock is off by 24 h: set it")
        .hasMessageContaining("MiB are needed: make room");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("hosts/a"));
    Files.writeString(folder.resolve("hosts/a/shared"), "");
    assertThatThrownBy(() -> check("a", 1, Duration.ZERO))
        .hasMessageContaining("cannot make the folder " + folder.resolve("hosts/a/shared"));
  }

  @Test
  void aFolderInWhichNothingCanBeWrittenIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("hosts/a"));
    Files.createSymbolicLink(folder.resolve("hosts/a/backups"), Path.of("/proc"));
    assertThatThrownBy(() -> check("a", 1, Duration.ZERO))
        .hasMessageContaining("cannot write in " + folder.resolve("hosts/a/backups"));
  }

  @Test
  void twoHostsThatSeeOneRootAreToldApart() throws IOException {
    check("a", 1, Duration.ZERO);
    Files.delete(folder.resolve("hosts/a/host"));
    Files.createSymbolicLink(folder.resolve("hosts/a/host"), Path.of("other"));
    assertThatThrownBy(() -> check("a", 1, Duration.ZERO))
        .hasMessageContaining("belongs to the host other already", "put %h into root");
  }
}

package org.carillon.ssh.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carillon.ssh.ForwardingHost;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.RemoteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  /** A host whose folders all list this one entry. */
  private ForwardingHost listing(String name, RemoteFile.Kind kind) {
    return new ForwardingHost(new LocalHost("n1", folder)) {
      @Override
      public List<RemoteFile> list(String remoteFolder, Duration deadline) {
        return List.of(new RemoteFile(name, 1, 0, kind));
      }
    };
  }

  private void isRefused(ForwardingHost host, String complaint) {
    Fetch fetch = new Fetch(List.of("asked"), folder.resolve("home"), LONG);
    assertThatThrownBy(() -> fetch.on(host))
        .isInstanceOf(HostException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedBeforeAnythingIsFetched() throws Exception {
    Files.createDirectory(folder.resolve("asked"));
    isRefused(
        listing("a\uFFFDb", RemoteFile.Kind.FILE), "asked/a\uFFFDb has a name that is not UTF-8");
    assertThat(folder.resolve("home/n1/asked")).isEmptyDirectory();
  }

  @Test
  void aTildeThatNoShellWouldExpandIsRefused() {
    assertThatThrownBy(() -> new Fetch(List.of("~/asked"), folder, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'~/asked' begins with ~; relative paths begin in the home folder, without ~/");
  }

  @Test
  void foldersInFoldersWithoutAnEndAreRefused() throws Exception {
    Files.createDirectory(folder.resolve("asked"));
    isRefused(listing("d".repeat(200), RemoteFile.Kind.FOLDER), "cannot make the folder");
  }
}

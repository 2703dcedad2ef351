package org.carillon.ssh.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.ssh.BentHost;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private BentHost host(String first) {
    return new BentHost(new LocalHost("n1", folder), first, false);
  }

  private static Path folder(Path path, String mode) throws IOException {
    Files.createDirectories(path);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** So that the temporary folder can be removed by anybody. */
  @AfterEach
  void openAll() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isDirectory).toList()) {
        folder(path, "rwxrwxrwx");
      }
    }
  }

  @Test
  void foldersKeepTheirModesAlsoInAFolderThatExistsAndIfNobodyMayWriteThere() throws IOException {
    Path there = folder(folder.resolve("there"), "rwxrwxrwx");
    folder(folder, "rwxrwxrwx");
    Path source = folder.resolve("a");
    Files.writeString(folder(source.resolve("closed/inner"), "rwxr-xr-x").resolve("f"), "one");
    Files.writeString(folder(source.resolve("open"), "rwxr-xr-x").resolve("g"), "two");
    folder(source.resolve("closed/inner"), "r-xr-xr-x");
    folder(source.resolve("closed"), "r-xr-xr-x");
    folder(source.resolve("open"), "rwxrwxr-x");
    folder(source, "r-xr-xr-x");
    BentHost nobody = new BentHost(new LocalHost("n1", folder), "", true);
    for (int time = 1; time <= 2; time++) { // the second one into what the first one made
      try (Bundle bundle = Bundle.of(List.of(source))) {
        new Delivery(bundle, there + "/", LONG, LONG).on(nobody);
      }
      assertThat(mode(there.resolve("a"))).isEqualTo("r-xr-xr-x");
      assertThat(mode(there.resolve("a/closed"))).isEqualTo("r-xr-xr-x");
      assertThat(mode(there.resolve("a/closed/inner"))).isEqualTo("r-xr-xr-x");
      assertThat(mode(there.resolve("a/open"))).isEqualTo("rwxrwxr-x");
      assertThat(there.resolve("a/closed/inner/f")).hasContent("one");
      try (Stream<Path> all = Files.walk(there)) {
        assertThat(all).hasSize(7);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", " a  blank ", "back\\slash", "two\nlines", "-f", "*ü"})
  void aFileComesAlsoInPlaceOfAnother(String name) throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Path file = Files.writeString(folder.resolve(name), "one");
    for (String content : List.of("one", "two")) {
      Files.writeString(file, content);
      try (Bundle bundle = Bundle.of(List.of(file))) {
        new Delivery(bundle, there + "/", LONG, LONG).on(host(""));
      }
      assertThat(there.resolve(name)).hasContent(content);
    }
    try (Stream<Path> all = Files.list(there)) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void aCopyOfWhichOnlyTheBeginningCameGetsNoPlace() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.createDirectories(folder.resolve("a/b"));
    try (Bundle bundle = Bundle.of(List.of(folder.resolve("a")))) {
      Delivery delivery = new Delivery(bundle, there + "/", LONG, LONG);
      // The list of sums and the folder itself, each of one block.
      BentHost cut = host("tar() { head -c 1024 | command tar \"$@\"; }");
      assertThatThrownBy(() -> delivery.on(cut))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("did not arrive whole");
    }
    assertThat(there).isEmptyDirectory();
  }

  @Test
  void anOriginalThatChangedWhileItWasPackedIsNamed() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Path file = Files.writeString(folder.resolve("log"), "one\n");
    try (Bundle bundle = Bundle.of(List.of(file))) {
      Delivery delivery = new Delivery(bundle, there + "/", LONG, LONG);
      BentHost grown = host("tar() { command tar \"$@\" && echo two >>\"$2/log\"; }");
      assertThatThrownBy(() -> delivery.on(grown))
          .isInstanceOf(HostException.class)
          .hasMessage(
              "n1: the copy to %s/ failed: ./log: FAILED; the copy differs from the original, or that changed while it was packed",
              there);
    }
    assertThat(there).isEmptyDirectory();
  }

  @Test
  void aCopyThatIsKilledAtItsDeadlineLeavesNothing() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Path file = Files.writeString(folder.resolve("file"), "new");
    try (Bundle bundle = Bundle.of(List.of(file))) {
      Delivery delivery = new Delivery(bundle, there + "/", Duration.ofMillis(700), LONG);
      assertThatThrownBy(() -> delivery.on(host("tar() { exec sleep 60; }")))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("did not end within");
    }
    try (Stream<Path> all = Files.list(there)) {
      assertThat(all).isEmpty();
    }
  }
}

package org.carillon.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFileTest {

  @TempDir private Path folder;

  /** What the kernel says, since another try of this process would not tell. */
  private static boolean isLocked(Path file) throws IOException {
    String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
    return new String(
            Files.readAllBytes(Path.of("/proc/locks")), java.nio.charset.StandardCharsets.US_ASCII)
        .lines()
        .anyMatch(line -> line.contains("POSIX") && line.contains(inode));
  }

  @Test
  void whoAsksAgainWithinOneProcessTakesTheLockFromNobody() throws IOException {
    Path file = folder.resolve("lock");
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), file);
    try (HeldFile held = HeldFile.tryTake(file, "the first").orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(isLocked(file)).isTrue();
      assertThat(HeldFile.tryTake(file, "the second")).isEmpty();
      assertThat(HeldFile.tryTake(alias, "the third")).isEmpty();
      assertThat(HeldFile.holder(alias)).isEqualTo("the first");
      assertThat(isLocked(file)).isTrue();
    }
    assertThat(isLocked(file)).isFalse();
    assertThat(HeldFile.holder(file)).isEmpty();
    Optional<HeldFile> next = HeldFile.tryTake(alias, "the next");
    assertThat(next).isPresent();
    next.get().close();
    next.get().close();
    assertThat(HeldFile.tryTake(file, "and the next").orElseThrow()).satisfies(HeldFile::close);
  }
}

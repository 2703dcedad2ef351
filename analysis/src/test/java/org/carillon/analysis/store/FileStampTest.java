package org.carillon.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a file is as it was, without reading it. */
class FileStampTest {

  @TempDir Path folder;

  @Test
  void anotherFileOfTheSameSizeAndTimeHasAnotherStamp() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "abc");
    Path other = Files.writeString(folder.resolve("other"), "abd");
    FileTime time = FileTime.fromMillis(1_700_000_000_000L);
    Files.setLastModifiedTime(one, time);
    Files.setLastModifiedTime(other, time);
    assertThat(FileStamp.of(one)).isPresent().isEqualTo(FileStamp.of(one));
    assertThat(FileStamp.of(other).orElseThrow().modifiedNs())
        .isEqualTo(FileStamp.of(one).orElseThrow().modifiedNs());
    assertThat(FileStamp.of(other)).isNotEqualTo(FileStamp.of(one));
    assertThat(FileStamp.of(folder.resolve("none"))).isEmpty();
  }

  @Test
  void aFileThatWasChangedAMomentAgoMayChangeWithoutShowingIt() {
    FileStamp stamp = new FileStamp(3, 0, 5_000_000_000L, 1);
    assertThat(stamp.isSettled(5_000_000_001L)).isFalse();
    assertThat(stamp.isSettled(7_000_000_000L)).isFalse();
    assertThat(stamp.isSettled(7_000_000_001L)).isTrue();
    assertThat(stamp.isSettled(1)).as("a clock that was set back").isFalse();
  }
}

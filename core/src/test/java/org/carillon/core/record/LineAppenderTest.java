package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineAppenderTest {

  @TempDir private Path folder;
  private Path file;
  private SmallDisk disk;

  @BeforeEach
  void openDisk() throws IOException {
    file = folder.resolve("lines.csv");
    disk = new SmallDisk(file);
  }

  private LineAppender appender(boolean regular) {
    return new LineAppender(new OutputFile.Opened(disk, regular), bytes("header\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void failsToFlush(LineAppender lines, int roomBytes) {
    disk.setRoomBytes(roomBytes);
    assertThatThrownBy(lines::flush).hasMessage("No space left on device");
  }

  @Test
  void whatAFullDiskTookOfALineIsWrittenOverOnceThereIsRoom() throws IOException {
    try (LineAppender lines = appender(true)) {
      lines.append(bytes("first\n"));
      lines.append(bytes("second\n"));
      failsToFlush(lines, "header\nfirst\nsec".length());
      assertThat(lines.writtenRows()).isEqualTo(1);
      assertThat(lines.pendingBytes()).isEqualTo("second\n".length());
      assertThat(file).hasContent("header\nfirst\nsec");
      disk.setRoomBytes(1_000);
      lines.append(bytes("third\n"));
      lines.flush();
      assertThat(lines.writtenRows()).isEqualTo(3);
      assertThat(file).hasContent("header\nfirst\nsecond\nthird\n");
    }
    assertThat(file).hasContent("header\nfirst\nsecond\nthird\n");
  }

  @Test
  void closingWithoutRoomLeavesNoPartOfALineAndCountsWhatIsLost() throws IOException {
    LineAppender lines = appender(true);
    lines.append(bytes("first\n"));
    lines.append(bytes("second\n"));
    lines.append(bytes("third\n"));
    disk.setRoomBytes("header\nfirst\nsec".length());
    assertThatThrownBy(lines::close).hasMessage("No space left on device");
    assertThat(Files.readString(file)).isEqualTo("header\nfirst\n");
    assertThat(lines.writtenRows()).isEqualTo(1);
    assertThat(lines.lostRows()).isEqualTo(2);
    assertThat(disk.isOpen()).isFalse();
  }

  @Test
  void aHeaderThatFindsNoRoomIsNotARow() {
    LineAppender lines = appender(true);
    failsToFlush(lines, 3);
    lines.append(bytes("first\n"));
    assertThatThrownBy(lines::close).hasMessage("No space left on device");
    assertThat(file).isEmptyFile();
    assertThat(lines.writtenRows()).isZero();
    assertThat(lines.lostRows()).isEqualTo(1);
  }

  @Test
  void rowsThatTheDiskDoesNotConfirmAreLost() {
    LineAppender lines = appender(true);
    lines.append(bytes("first\n"));
    disk.setRoomBytes(1_000);
    disk.refuseToConfirm();
    assertThatThrownBy(lines::close).hasMessage("Input/output error");
    assertThat(lines.writtenRows()).isZero();
    assertThat(lines.lostRows()).isEqualTo(1);
  }

  /**
   * Lines of all lengths, longer than what is written at once, too, and a disk that is often full.
   */
  @ParameterizedTest(name = "regular file: {0}")
  @ValueSource(booleans = {true, false})
  void whateverTheDiskRefusesInBetweenEveryLineIsThereInTheEnd(boolean regular) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder expected = new StringBuilder("header\n");
    int rows = 0;
    try (LineAppender lines = appender(regular)) {
      for (int round = 0; round < 300; round++) {
        for (int line = random.nextInt(5); line > 0; line--) {
          String text = rows++ + "x".repeat(random.nextInt(1 << random.nextInt(18))) + "\n";
          expected.append(text);
          lines.append(bytes(text));
        }
        disk.setRoomBytes(random.nextInt(expected.length() + expected.length() / 4));
        try {
          lines.flush();
          assertThat(lines.writtenRows()).isEqualTo(rows);
        } catch (IOException e) {
          assertThat(lines.pendingBytes()).isPositive();
        }
      }
      disk.setRoomBytes(Long.MAX_VALUE);
    }
    assertThat(Files.readString(file).equals(expected.toString())).as("all lines").isTrue();
  }
}

package org.carillon.analysis.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carillon.core.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scanner against the reader that takes every line apart with care. */
class CsvScannerTest {

  private static final String[] HEADERS = {
    "event_id,node_id,receive_time_ns,coordinator_send_time_ns,ntp_offset_ms,ntp_uncertainty_ms,bc_status",
    "ntp_offset_ms,\"event_id\",colour,receive_time_ns,coordinator_send_time_ns,ntp_uncertainty_ms",
    "event_id,receive_time_ns,coordinator_send_time_ns",
    "event_id,receive_time_ns,event_id",
    "event_id,colour",
  };

  /** What stands in cells: usual values, every limit, and everything that is a number nearly. */
  private static final String[] CELLS = {
    "",
    " ",
    "0",
    "-0",
    "7",
    "007",
    "+7",
    "-7",
    "1790000000000000000",
    "4611686018427387903",
    "4611686018427387904",
    "-4611686018427387903",
    "-4611686018427387904",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551616",
    "99999999999999999999",
    "1e3",
    "1.5",
    "-1.5",
    ".5",
    "5.",
    "-",
    ".",
    "1.2.3",
    "0.0000005",
    "0.0000015",
    "0.00000150001",
    "-0.0000005",
    "-0.0000025",
    "23.28181266784668",
    "-23.28181266784668",
    "123456789012.123456",
    "1234567890123.5",
    "4611686018427.387904",
    "4611686018427.3879035",
    "100000000000.0",
    "100000000001",
    "-0.05",
    "nan",
    "NaN",
    "inf",
    "0x10",
    "1_000",
    "1,5",
    "\"7\"",
    "\"1.5\"",
    "\"\"",
    "\" \"",
    "\"a,b\"",
    "\"a\"\"b\"",
    "\"a",
    "a\"b",
    "a\"",
    "abc",
    "kernel",
    " 7",
    "7 ",
    " a",
    "a ",
    "\"a \"",
    "\t7",
    "a\tb",
    "é",
    "\u0000",
    "\u007F",
    "\r",
    "٣",
    "12345678901234567890123456789012345678901234567890.1",
    "0.12345678901234567890123456789012345678901234567890123456789012345678901234567890",
  };

  @TempDir Path folder;

  /** What a reader makes of a file. */
  private record Read(InputFile file, List<Long> lines, List<List<Object>> rows) {}

  private static Read carefully(Path file) {
    List<Long> lines = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    InputFile account =
        new CsvFile(
                3,
                file,
                Table.WORKER,
                "a",
                (index, line, values) -> {
                  lines.add(line);
                  rows.add(new ArrayList<>(values));
                })
            .read();
    return new Read(account, lines, rows);
  }

  private static Read fast(Path file) throws IOException {
    List<Long> lines = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    try (CsvScanner scanner = new CsvScanner(3, file, Table.WORKER, "a", Set.of(), count -> {})) {
      RowBatch batch = scanner.next();
      while (batch.size() > 0) {
        for (int row = 0; row < batch.size(); row++) {
          lines.add(batch.line(row));
          rows.add(values(batch, row));
        }
        batch = scanner.next();
      }
      return new Read(scanner.account(), lines, rows);
    }
  }

  private static List<Object> values(RowBatch batch, int row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < Table.WORKER.columns().size(); i++) {
      if (Table.WORKER.columns().get(i).kind() == InputColumn.Kind.TEXT) {
        byte[] text = batch.text(i, row);
        values.add(text == null ? null : new String(text, StandardCharsets.UTF_8));
      } else {
        values.add(batch.isKnown(i, row) ? batch.number(i, row) : null);
      }
    }
    return values;
  }

  private void bothReadAlike(byte[] content) throws IOException {
    Path file = folder.resolve("worker_a.csv");
    Files.write(file, content);
    assertThat(fast(file)).isEqualTo(carefully(file));
  }

  @Property(tries = 2_000)
  void readsRandomAndDamagedLinesAsTheCarefulReaderDoes(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String header = HEADERS[random.nextInt(10) < 7 ? random.nextInt(3) : random.nextInt(5)];
    int cells = header.split(",").length;
    String end = random.nextInt(5) == 0 ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder(random.nextInt(9) == 0 ? "\uFEFF" : "");
    text.append(random.nextInt(9) == 0 ? end : "").append(header).append(end);
    for (int line = random.nextInt(60); line > 0; line--) {
      int wanted = random.nextInt(30) == 0 ? random.nextInt(9) : cells;
      int odd = random.nextInt(3) == 0 ? 0 : 3 * cells;
      for (int cell = 0; cell < wanted; cell++) {
        text.append(cell == 0 ? "" : ",");
        text.append(
            random.nextInt(odd + 1) == 0
                ? CELLS[random.nextInt(CELLS.length)]
                : Long.toString(random.nextLong() >> random.nextInt(1, 63)));
      }
      text.append(random.nextInt(50) == 0 ? "\n\n" : end);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int hits = random.nextInt(4) == 0 ? random.nextInt(4) : 0; hits > 0; hits--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    folder = Files.createTempDirectory("scanner");
    try {
      bothReadAlike(random.nextInt(6) == 0 ? cutShort(bytes, random) : bytes);
    } finally {
      Files.delete(folder.resolve("worker_a.csv"));
      Files.delete(folder);
    }
  }

  private static byte[] cutShort(byte[] bytes, Random random) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  @Test
  void everyOddCellIsReadAlikeInEveryColumn() throws IOException {
    StringBuilder text = new StringBuilder(HEADERS[0]).append('\n');
    for (String cell : CELLS) {
      for (int column = 0; column < 7; column++) {
        String[] row = {"1", "a", "100", "90", "0.5", "0.25", "synchronized"};
        row[column] = cell;
        text.append(String.join(",", row)).append('\n');
      }
    }
    bothReadAlike(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void manyRowsAndLongLinesCrossTheBordersOfBlocksAndBatchesUnharmed() throws IOException {
    StringBuilder text = new StringBuilder(HEADERS[0]).append('\n');
    for (int i = 0; i < 3 * RowBatch.CAPACITY; i++) {
      text.append(i).append(",a,").append(i * 1_000_000_007L).append(",90,-0.5,,");
      text.append("s".repeat(i % 97 == 0 ? 5_000 : i % 7)).append('\n');
    }
    text.append("1,a,100,90,,,").append("x".repeat((1 << 20) - 100)).append('\n');
    text.append("2,a,100,90,,,").append("x".repeat(1 << 20)).append('\n');
    text.append("3,a,100,90,,,").append("x".repeat(3 << 20)).append("\n4,a,100,90,,,\n5,a,1");
    bothReadAlike(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** How a file may be packed, and what makes it so. */
  private enum Packer {
    GZIP(".gz") {
      @Override
      byte[] pack(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
          gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
      }
    },
    ZSTD(".zst") {
      @Override
      byte[] pack(String text) {
        return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
      }
    };

    private final String suffix;

    Packer(String suffix) {
      this.suffix = suffix;
    }

    abstract byte[] pack(String text) throws IOException;

    Path in(Path folder) {
      return folder.resolve("worker_a.csv" + suffix);
    }
  }

  private static String rows(int count) {
    StringBuilder text = new StringBuilder("event_id,receive_time_ns,coordinator_send_time_ns\n");
    for (int i = 0; i < count; i++) {
      text.append(i).append(',').append(i * 7919L).append(",90\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void aPackedFileHasTheRowsOfThePlainOneAndTheHashOfItsOwnBytes(Packer packer) throws IOException {
    Path plain = folder.resolve("worker_a.csv");
    Path packed = packer.in(folder);
    Files.writeString(plain, rows(10_000));
    Files.write(packed, packer.pack(rows(10_000)));
    Read unpacked = fast(packed);
    assertThat(unpacked.rows()).isEqualTo(carefully(plain).rows());
    assertThat(unpacked).isEqualTo(carefully(packed));
    assertThat(unpacked.file().sizeBytes()).isEqualTo(Files.size(packed));
    assertThat(unpacked.file().sha256()).isEqualTo(FileBytes.sha256(packed, count -> {}));
    assertThat(unpacked.file().problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void archivesOneAfterTheOtherAreOneFile(Packer packer) throws IOException {
    String text = rows(10_000);
    int cut = text.length() / 3;
    Path packed = packer.in(folder);
    Files.write(packed, packer.pack(text.substring(0, cut)));
    Files.write(packed, packer.pack(text.substring(cut)), StandardOpenOption.APPEND);
    Read unpacked = fast(packed);
    assertThat(unpacked.file().rows()).isEqualTo(10_000);
    assertThat(unpacked.file().problems()).isEmpty();
    Files.writeString(packed, "and this is none", StandardOpenOption.APPEND);
    Read trailed = fast(packed);
    assertThat(trailed.file().rows()).isEqualTo(10_000);
    assertThat(trailed.file().problems()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void ofADamagedArchiveTheRowsBeforeTheDamageCountAndTheRestIsReported(Packer packer)
      throws IOException {
    byte[] whole = packer.pack(rows(200_000));
    Path packed = packer.in(folder);
    Files.write(packed, Arrays.copyOf(whole, whole.length / 2));
    Read half = fast(packed);
    assertThat(half.file().rows()).isBetween(10_000L, 190_000L);
    assertThat(half.file().problems().getFirst().sentence())
        .startsWith(packed.getFileName() + ": cannot be unpacked beyond ")
        .endsWith("what stands before counts, the rest is lost.");
    assertThat(half).isEqualTo(carefully(packed));
    Files.writeString(packed, "no archive at all\n1,2,3\n");
    Read none = fast(packed);
    assertThat(none.file().rows()).isZero();
    assertThat(none.file().cut()).isTrue();
    assertThat(none.file().problems())
        .as("it is not empty")
        .singleElement()
        .extracting(InputProblem::what)
        .asString()
        .startsWith("cannot be unpacked (")
        .endsWith("all that was recorded in it is lost");
    assertThat(none).isEqualTo(carefully(packed));
  }

  @Test
  void ofAnArchiveThatWasAlteredNothingIsSureAndThatIsSaid() throws IOException {
    byte[] altered = Packer.GZIP.pack(rows(20_000));
    for (int i = 0; i < 8; i++) {
      altered[altered.length / 2 + i] ^= 0x55;
    }
    Path packed = Packer.GZIP.in(folder);
    Files.write(packed, altered);
    assertThat(fast(packed).file().problems().getFirst().what())
        .contains("the file was altered, perhaps before that place too", "may be wrong");
    assertThat(fast(packed).file().cut()).isTrue();
  }

  @Test
  void aDamageStandsBeforeTheIllegibleRowsThatItMakes() throws IOException {
    byte[] whole =
        Packer.GZIP.pack("event_id,receive_time_ns,coordinator_send_time_ns\n" + "x\n".repeat(50));
    Path packed = Packer.GZIP.in(folder);
    Files.write(packed, Arrays.copyOf(whole, whole.length - 4));
    List<InputProblem> problems = fast(packed).file().problems();
    assertThat(problems).hasSize(FileAccount.MAX_PROBLEMS + 2);
    assertThat(problems.getFirst().what()).startsWith("cannot be unpacked beyond 150 bytes");
  }

  @Test
  void anArchiveThatNeedsALargeWindowIsRefusedAndToldHowToUnpack() throws IOException {
    Path packed = Packer.ZSTD.in(folder);
    try (ZstdOutputStream out = new ZstdOutputStream(Files.newOutputStream(packed))) {
      out.setLong(27);
      out.write(rows(1_000).getBytes(StandardCharsets.UTF_8));
      out.flush();
      out.write("7,8,9\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> fast(packed))
        .isInstanceOf(CarillonException.class)
        .hasMessage(
            "cannot read "
                + packed
                + ": it was packed with a window of more than 8 MiB, as zstd --long and --ultra do;"
                + " unpack it with: zstd -d --long=31.");
  }
}

package org.carillon.analysis.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

  private static final String HEADER =
      "event_id,receive_time_ns,coordinator_send_time_ns,ntp_offset_ms\n";

  @TempDir Path folder;
  private final List<List<Object>> rows = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();

  private InputFile read(String content) {
    return read(content.getBytes(StandardCharsets.UTF_8));
  }

  private InputFile read(byte[] content) {
    try {
      Path file = folder.resolve("worker_a.csv");
      Files.write(file, content);
      return new CsvFile(
              0,
              file,
              Table.WORKER,
              "a",
              (index, line, values) -> {
                lines.add(line);
                rows.add(values);
              })
          .read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object value(int row, String column) {
    for (int i = 0; i < Table.WORKER.columns().size(); i++) {
      if (Table.WORKER.columns().get(i).name().equals(column)) {
        return rows.get(row).get(i);
      }
    }
    throw new AssertionError(column);
  }

  private static List<String> sentences(InputFile file) {
    return file.problems().stream().map(InputProblem::sentence).toList();
  }

  @Test
  void readsNanosecondsExactlyAndMillisecondsAsNanoseconds() {
    InputFile file =
        read(HEADER + "7,1761411671680671206,1761411671679440020,-23.28181266784668\n");
    assertThat(file.rows()).isEqualTo(1);
    assertThat(value(0, "event_id")).isEqualTo(7L);
    assertThat(value(0, "receive_time_ns")).isEqualTo(1761411671680671206L);
    assertThat(value(0, "ntp_offset_ms")).isEqualTo(-23281813L);
    assertThat(value(0, "ntp_timestamp_ns")).isNull();
    assertThat(file.problems()).isEmpty();
  }

  @Test
  void hashesTheWholeFile() {
    assertThat(read("").sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(read("abc").sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void aTornLastLineIsReportedAndNotUsed() {
    InputFile file = read(HEADER + "1,100,90,0.5\n2,200,190,0.");
    assertThat(file.lines()).isEqualTo(2);
    assertThat(file.rows()).isEqualTo(1);
    assertThat(file.torn()).isEqualTo(1);
    assertThat(sentences(file))
        .singleElement()
        .asString()
        .startsWith("worker_a.csv line 3: the last line is torn");
  }

  @Test
  void aMissingRequiredColumnRefusesTheFileByName() {
    InputFile file = read("event_id,coordinator_send_time_ns\n1,90\n2,190\n");
    assertThat(file.rows()).isZero();
    assertThat(file.refused()).isEqualTo(2);
    assertThat(sentences(file))
        .containsExactly(
            "worker_a.csv line 1, column receive_time_ns: this required column is missing; no row of"
                + " this file is used.");
  }

  @Test
  void aMissingOptionalColumnIsNotedAndSurvived() {
    InputFile file = read(HEADER + "1,100,90,0.5\n");
    assertThat(file.missingColumns()).contains("ntp_timestamp_ns", "bc_earliest_ns");
    assertThat(file.problems()).isEmpty();
  }

  @Test
  void extraColumnsAreNotedAndColumnsAreFoundByName() {
    InputFile file =
        read("colour,coordinator_send_time_ns,receive_time_ns,event_id\nred,90,100,1\n");
    assertThat(file.unusedColumns()).containsExactly("colour");
    assertThat(value(0, "receive_time_ns")).isEqualTo(100L);
  }

  @Test
  void aColumnNamedTwiceRefusesTheFile() {
    InputFile file = read("event_id,receive_time_ns,coordinator_send_time_ns,event_id\n1,2,3,4\n");
    assertThat(file.refused()).isEqualTo(1);
    assertThat(sentences(file)).singleElement().asString().contains("column event_id", "twice");
  }

  @Test
  void aWrongTypeInARequiredColumnRefusesTheRow() {
    InputFile file = read(HEADER + "1,abc,90,0.5\n2,200,190,0.5\n");
    assertThat(file.refused()).isEqualTo(1);
    assertThat(lines).containsExactly(3L);
    assertThat(sentences(file))
        .containsExactly(
            "worker_a.csv line 2, column receive_time_ns: 'abc' is not a whole number; the row is"
                + " refused.");
  }

  @Test
  void aWrongTypeInAnOptionalColumnCostsOnlyTheCell() {
    InputFile file = read(HEADER + "1,100,90,nan\n");
    assertThat(file.rows()).isEqualTo(1);
    assertThat(file.cellsRefused()).isEqualTo(1);
    assertThat(value(0, "ntp_offset_ms")).isNull();
    assertThat(sentences(file))
        .containsExactly(
            "worker_a.csv line 2, column ntp_offset_ms: 'nan' is not a decimal number; the cell"
                + " counts as not measured.");
  }

  @Test
  void nanosecondsWrittenAsADecimalAreRefusedBecauseTheyLostDigits() {
    InputFile file = read(HEADER + "1,1.761411671680671e+18,90,0.5\n");
    assertThat(sentences(file))
        .singleElement()
        .asString()
        .contains("written as a decimal, it lost digits");
  }

  @Test
  void anEmptyRequiredCellRefusesTheRow() {
    assertThat(sentences(read(HEADER + "1,,90,0.5\n")))
        .containsExactly(
            "worker_a.csv line 2, column receive_time_ns: is empty; the row is refused.");
  }

  @Test
  void anEmptyFileIsReported() {
    assertThat(sentences(read("")))
        .containsExactly(
            "worker_a.csv: the file is empty, not even a header; nothing was recorded.");
  }

  @Test
  void aHeaderWithoutRowsIsNoProblemOfTheFile() {
    InputFile file = read(HEADER);
    assertThat(file.lines()).isZero();
    assertThat(file.problems()).isEmpty();
  }

  @Test
  void aTornHeaderIsReported() {
    assertThat(sentences(read("event_id,receive_ti")))
        .containsExactly(
            "worker_a.csv line 1: the file ends within its header; no row was recorded.");
  }

  @Test
  void carriageReturnsAreAccepted() {
    InputFile file = read(HEADER.replace("\n", "\r\n") + "1,100,90,0.5\r\n\r\n");
    assertThat(file.rows()).isEqualTo(1);
    assertThat(file.blank()).isEqualTo(1);
    assertThat(value(0, "ntp_offset_ms")).isEqualTo(500_000L);
  }

  @Test
  void carriageReturnsAloneAreNamedWithTheWayToMendThem() {
    InputFile file = read((HEADER + "1,100,90,0.5\n").replace('\n', '\r'));
    assertThat(file.rows()).isZero();
    assertThat(sentences(file))
        .singleElement()
        .asString()
        .startsWith("worker_a.csv line 1: lines end in CR alone")
        .contains("tr '\\r' '\\n'");
  }

  @Test
  void blankLinesBeforeTheHeaderAreIgnored() {
    InputFile file = read("\n \r\n" + HEADER + "1,100,90,0.5\n\n2,x,190,0.5\n");
    assertThat(file.rows()).isEqualTo(1);
    assertThat(file.blank()).isEqualTo(3);
    assertThat(lines).containsExactly(4L);
    assertThat(sentences(file)).singleElement().asString().startsWith("worker_a.csv line 6,");
    assertThat(sentences(read("\n\nevent_id\n1\n"))).first().asString().contains("line 3,");
    assertThat(sentences(read("\n\n"))).first().asString().contains("the file is empty");
  }

  @Test
  void blanksAroundTextAreNoPartOfIt() {
    read(HEADER.replace("ntp_offset_ms", "node_id") + "1,100,90, a b \n2,200,190,a b\t\n");
    assertThat(value(0, "node_id")).isEqualTo("a b");
    assertThat(value(1, "node_id")).isEqualTo("a b");
  }

  @Test
  void digitsOfOtherScriptsAreNoNumbers() {
    InputFile file = read(HEADER + "1,١٠٠,90,0.5\n2,200,190,٠.٥\n+3,0300,290,+0.5\n");
    assertThat(lines).as("a plus sign and leading zeros are read").containsExactly(3L, 4L);
    assertThat(value(0, "ntp_offset_ms")).isNull();
    assertThat(value(1, "receive_time_ns")).isEqualTo(300L);
    assertThat(sentences(file).getFirst()).contains("'١٠٠' is not a whole number");
    assertThat(sentences(file).getLast()).contains("'٠.٥' is not a decimal number");
  }

  @Test
  void aByteOrderMarkIsSkippedAndSaid() {
    InputFile file = read("\uFEFF" + HEADER + "1,100,90,0.5\n");
    assertThat(file.rows()).isEqualTo(1);
    assertThat(sentences(file)).singleElement().asString().contains("byte order mark");
  }

  @Test
  void quotedNumbersAreNumbers() {
    read(
        "\"event_id\",\"receive_time_ns\",\"coordinator_send_time_ns\",node_id\n\"1\",\"100\",\"90\",\"a, \"\"b\"\"\"\n");
    assertThat(value(0, "receive_time_ns")).isEqualTo(100L);
    assertThat(value(0, "node_id")).isEqualTo("a, \"b\"");
  }

  @Test
  void aQuoteLeftOpenCostsOneLineOnly() {
    InputFile file = read(HEADER + "1,100,90,\"0.5\n2,200,190,0.5\n");
    assertThat(file.refused()).isEqualTo(1);
    assertThat(lines).containsExactly(3L);
  }

  @Test
  void tooFewAndTooManyCellsAreRefused() {
    InputFile file = read(HEADER + "1,100,90\n2,200,190,0.5,9\n3,300,290,0.5\n");
    assertThat(lines).containsExactly(4L);
    assertThat(sentences(file))
        .containsExactly(
            "worker_a.csv line 2: has 3 cells where the header names 4 columns; the row is refused.",
            "worker_a.csv line 3: has 5 cells where the header names 4 columns; the row is refused.");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] bad =
        (HEADER + "1,100,90,0.5\n2,200,1?0,0.5\n3,300,290,0.5\n").getBytes(StandardCharsets.UTF_8);
    int at = new String(bad, StandardCharsets.UTF_8).indexOf('?');
    bad[at] = (byte) 0xFF;
    InputFile file = read(bad);
    assertThat(file.refused()).isEqualTo(1);
    assertThat(lines).containsExactly(2L, 4L);
  }

  @Test
  void aLineOfAMegabyteIsRefusedInBoundedMemory() {
    InputFile file = read(HEADER + "9".repeat(3 << 20) + ",1,2,3\n1,100,90,0.5\n");
    assertThat(file.refused()).isEqualTo(1);
    assertThat(file.rows()).isEqualTo(1);
    assertThat(sentences(file)).singleElement().asString().contains("longer than 1 MiB");
  }

  @Test
  void manyProblemsAreCountedNotListed() {
    InputFile file = read(HEADER + "x,1,2,3\n".repeat(500));
    assertThat(file.refused()).isEqualTo(500);
    assertThat(file.problems()).hasSize(FileAccount.MAX_PROBLEMS + 1);
    assertThat(file.problems().getLast().what()).isEqualTo("490 more problems like these");
  }

  @Property(tries = 300)
  void anyBytesAreAccountedFor(@ForAll byte[] content) throws IOException {
    folder = Files.createTempDirectory("csv");
    byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(header, header.length + content.length);
    System.arraycopy(content, 0, all, header.length, content.length);
    InputFile file = read(all);
    assertThat(file.lines()).isEqualTo(file.rows() + file.torn() + file.refused());
    assertThat(file.sizeBytes()).isEqualTo(all.length);
    Files.delete(folder.resolve("worker_a.csv"));
    Files.delete(folder);
  }
}

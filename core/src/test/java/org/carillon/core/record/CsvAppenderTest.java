package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvAppenderTest {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("event_id", Column.Type.INTEGER, true),
          new Column("name", Column.Type.TEXT, false),
          new Column("other", Column.Type.TEXT, false));

  @TempDir private Path folder;

  private static List<CSVRecord> read(Path file) throws IOException {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
      return parser.getRecords();
    }
  }

  @Provide
  Arbitrary<List<String>> rowsOfAnyText() {
    return Arbitraries.strings()
        .withChars(',', '"', '\n', '\r', ' ', 'a', 'é', '中')
        .ofMaxLength(6)
        .list()
        .ofSize(2);
  }

  @Property(tries = 200)
  void anyTextIsReadBackAsItWas(@ForAll("rowsOfAnyText") List<String> texts) throws IOException {
    Path file = Files.createTempDirectory("carillon").resolve("any.csv");
    try (CsvAppender appender = CsvAppender.create(file, COLUMNS)) {
      appender.append(List.of(Long.MAX_VALUE, texts.get(0), texts.get(1)));
      appender.append(List.of(2, "", texts.get(1)));
    }
    List<CSVRecord> rows = read(file);
    Files.delete(file);
    Files.delete(file.getParent());
    assertThat(rows).hasSize(3);
    assertThat(rows.get(1).toList())
        .containsExactly("9223372036854775807", texts.get(0), texts.get(1));
    assertThat(rows.get(2).get(2)).isEqualTo(texts.get(1));
  }

  @Test
  void theHeaderStandsInTheFileBeforeTheFirstRow() throws IOException {
    Path file = folder.resolve("new/folder/rows.csv");
    try (CsvAppender appender = CsvAppender.create(file, COLUMNS)) {
      appender.flush();
      assertThat(file).hasContent("event_id,name,other\n");
      appender.append(List.of(1, "a", "b"));
      assertThat(file).hasContent("event_id,name,other\n");
      assertThat(appender.hasPending()).isTrue();
      appender.flush();
      assertThat(appender.writtenRows()).isEqualTo(1);
    }
    assertThat(Files.readAllLines(file)).containsExactly("event_id,name,other", "1,a,b");
  }

  @Test
  void theGroupMayReadFilesAndFoldersAndOthersMayNot() throws IOException {
    Path file = folder.resolve("new/rows.csv");
    CsvAppender.create(file, COLUMNS).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void anEarlierFileKeepsItsContentUnderAnotherName() throws IOException {
    Path file = folder.resolve("rows.csv");
    for (int run = 1; run <= 3; run++) {
      try (CsvAppender appender = CsvAppender.create(file, COLUMNS)) {
        appender.append(List.of(run, "", ""));
      }
    }
    assertThat(Files.readAllLines(file).get(1)).isEqualTo("3,,");
    assertThat(Files.readAllLines(folder.resolve("rows.csv.1")).get(1)).isEqualTo("1,,");
    assertThat(Files.readAllLines(folder.resolve("rows.csv.2")).get(1)).isEqualTo("2,,");
  }

  @Test
  void whatCannotBeAFileIsRefusedInOneSentence() throws IOException {
    assertThatThrownBy(() -> CsvAppender.create(folder, COLUMNS))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("is a folder");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> CsvAppender.create(file.resolve("rows.csv"), COLUMNS))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aRowOfTheWrongLengthIsAFaultOfOurs() throws IOException {
    try (CsvAppender appender = CsvAppender.create(folder.resolve("rows.csv"), COLUMNS)) {
      assertThatThrownBy(() -> appender.append(List.of(1, "a")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFullDiskCostsRowsOnlyWhenTheMemoryForThemIsFull() {
    CsvAppender appender = CsvAppender.create(Path.of("/dev/full"), COLUMNS);
    String text = "x".repeat(20_000);
    int taken = 0;
    while (appender.append(List.of(taken, text, ""))) {
      taken++;
      assertThat(taken).as("memory is bounded").isLessThan(100);
      assertThatThrownBy(appender::flush).isInstanceOf(IOException.class);
    }
    assertThat(taken).isGreaterThan(25);
    assertThat(appender.writtenRows()).isZero();
    assertThat(appender.lostRows()).isEqualTo(1);
    assertThatThrownBy(appender::close).isInstanceOf(IOException.class);
    assertThat(appender.lostRows()).isEqualTo(taken + 1);
  }
}

package org.carillon.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.hindsight.HindsightStage;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.InputProblem;
import org.carillon.analysis.input.ReadAhead;
import org.carillon.analysis.input.Recording;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.input.Table;
import org.carillon.analysis.statistics.Statistics;
import org.carillon.analysis.statistics.Summary;
import org.carillon.core.CarillonException;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recordings as other programs keep them, against the same as CSV, and what may be wrong in them.
 */
class ParquetRowsTest {

  private static final long T = 1_795_000_000_000_000_003L;
  private static final int EVENTS = 12_000;

  @TempDir Path folder;

  /** What was read of a worker's file. */
  private record Read(InputFile file, List<List<Object>> rows) {
    List<String> problems() {
      return file.problems().stream().map(InputProblem::sentence).toList();
    }

    List<Object> column(String name) {
      int column = Table.WORKER.columns().stream().map(c -> c.name()).toList().indexOf(name);
      return rows.stream().map(row -> row.get(column)).toList();
    }
  }

  private Path parquet(String select) throws SQLException {
    return parquet("worker_a", select);
  }

  private Path parquet(String name, String select) throws SQLException {
    Path file = folder.resolve(name + ".parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (" + select + ") TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    }
    return file;
  }

  private Read read(Path file) {
    List<List<Object>> rows = new ArrayList<>();
    try (Database database = Database.open(folder.resolve("spill"))) {
      InputFile account =
          new Recording(0, file, Table.WORKER, "a")
              .read(database.parquet(), (index, line, values) -> rows.add(values));
      return new Read(account, rows);
    }
  }

  /** Five rows of a worker with one column more. */
  private Read withColumn(String expression, String name) throws SQLException {
    return read(
        parquet(
            "SELECT range AS event_id, 7 + range AS receive_time_ns, 9::BIGINT AS"
                + " coordinator_send_time_ns, "
                + expression
                + " AS "
                + name
                + " FROM range(5)"));
  }

  @Test
  void aRunInParquetHasTheStatisticsOfTheSameRunInCsv() throws Exception {
    write();
    Summary csv = summary("csv");
    for (String name : List.of("coordinator", "worker_a", "worker_b", "commit_wait_a")) {
      Path file = folder.resolve("csv").resolve(name + ".csv");
      parquet(name, typed(file));
      Files.createDirectories(folder.resolve("parquet"));
      Path typed = folder.resolve(name + ".parquet");
      Files.move(typed, folder.resolve("parquet").resolve(typed.getFileName()));
    }
    Summary parquet = summary("parquet");
    assertThat(parquet).usingRecursiveComparison().ignoringFields("input").isEqualTo(csv);
    assertThat(parquet.input().getFirst().file().rows()).isEqualTo(EVENTS);
  }

  /** As a program types it that knows what the columns mean. */
  private static String typed(Path csv) throws IOException {
    return Files.readAllLines(csv)
        .getFirst()
        .lines()
        .flatMap(header -> Stream.of(header.split(",")))
        .map(
            column ->
                column
                    + (column.matches(".*_ns|event_id|sequence_number")
                        ? "::BIGINT AS "
                        : column.matches(".*_m?s") ? "::DOUBLE AS " : " AS ")
                    + column)
        .collect(
            Collectors.joining(
                ", ", "SELECT ", " FROM read_csv('" + csv + "', all_varchar = true)"));
  }

  private Summary summary(String name) throws IOException {
    Files.createDirectories(folder.resolve(name + "-cache"));
    try (Database database = Database.open(folder.resolve("spill"))) {
      List<InputFile> files =
          new RunLoader(RunFolder.open(folder.resolve(name)), List.of(), count -> {})
              .load(database, new MergedCache(folder.resolve(name + "-cache"), true));
      return Statistics.of(
          database, files, List.of(1_000L, 100_000_000L), true, HindsightStage.of(database));
    }
  }

  /** Offsets have more places than a nanosecond, some a half at the end. */
  private void write() throws IOException {
    Random random = new Random(1);
    RecordedRun run = new RecordedRun(folder.resolve("csv"));
    StringBuilder sent = new StringBuilder(RecordedRun.COORDINATOR);
    StringBuilder[] received = {
      new StringBuilder(RecordedRun.WORKER), new StringBuilder(RecordedRun.WORKER)
    };
    for (int i = 0; i < EVENTS; i++) {
      long sendNs = T + i * 70_001L;
      String offset = random.nextInt(100) + "." + random.nextInt(1_000_000) + "5";
      sent.append(
          i
              + ",%d,%d,%s,%s,,,%s,%s,%s,synchronized,\n"
                  .formatted(
                      i,
                      sendNs,
                      offset,
                      maybe(random, sendNs),
                      maybe(random, sendNs),
                      sendNs - 50_000,
                      sendNs + 50_000));
      for (int worker = 0; worker < 2; worker++) {
        long receiveNs = sendNs + random.nextInt(200_000) - 20_000;
        if (random.nextInt(50) > 0) {
          received[worker].append(
              i
                  + ",%s,%d,%d,%s,0.125,%s,,,,%s,%s,%s,synchronized,\n"
                      .formatted(
                          worker == 0 ? "a" : "",
                          receiveNs,
                          sendNs,
                          offset,
                          maybe(random, receiveNs),
                          maybe(random, receiveNs),
                          receiveNs - 50_000,
                          receiveNs + 50_000));
        }
      }
    }
    run.with("coordinator.csv", sent.toString());
    run.with("worker_a.csv", received[0].toString());
    run.with("worker_b.csv", received[1].toString());
    run.with("commit_wait_a.csv", RecordedRun.COMMIT_WAIT + "1,5.0000000005,1000,\n2,5,1001,0.5\n");
  }

  private static String maybe(Random random, long ns) {
    return random.nextInt(6) == 0 ? "" : Long.toString(ns + random.nextInt(300_000) - 150_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "range::INTEGER | ntp_timestamp_ns",
        "(range::VARCHAR) | ntp_timestamp_ns",
        "make_timestamp_ns(range) | ntp_timestamp_ns",
        "range::DOUBLE | sequence_number",
        "range::DECIMAL(18,0) | sequence_number",
        "range::UBIGINT | sequence_number",
        "(range / 1e6)::DOUBLE | ntp_offset_ms",
        "(range / 1e6)::DECIMAL(18,9) | ntp_offset_ms",
        "printf('%.6f', range / 1e6) | ntp_offset_ms",
      })
  void aColumnMayHaveAnyTypeThatHoldsItsValues(String expression, String name) throws SQLException {
    Read read = withColumn(expression, name);
    assertThat(read.column(name)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(read.problems()).isEmpty();
    assertThat(read.file().lines()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(range > 2) | ntp_timestamp_ns | BOOLEAN",
        "make_timestamp(range) | ntp_timestamp_ns | TIMESTAMP",
        "make_timestamp(range)::TIMESTAMPTZ | ntp_timestamp_ns | TIMESTAMP WITH TIME ZONE",
        "make_timestamp_ns(range) | ntp_offset_ms | TIMESTAMP_NS",
        "range::FLOAT | ntp_offset_ms | FLOAT",
        "[range] | sequence_number | BIGINT[]",
        "'7'::BLOB | bc_status | BLOB",
        "range::DOUBLE | bc_status | DOUBLE",
      })
  void aColumnOfAnotherTypeCountsAsMissingAndIsNamed(String expression, String name, String type)
      throws SQLException {
    Read read = withColumn(expression, name);
    assertThat(read.problems())
        .singleElement()
        .asString()
        .startsWith("worker_a.parquet, column " + name + ": is stored as " + type + ", which ")
        .endsWith("; the column counts as missing.");
    assertThat(read.file().missingColumns()).contains(name);
    assertThat(read.file().rows()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NULL::INTEGER", "NULL::DOUBLE", "NULL::BOOLEAN", "NULL::VARCHAR"})
  void aColumnWithoutAnyValueMayHaveAnyType(String expression) throws SQLException {
    for (String name : List.of("true_time_ns", "ct_offset_ms", "bc_status")) {
      Read read = withColumn(expression, name);
      assertThat(read.problems()).isEmpty();
      assertThat(read.column(name)).containsOnlyNulls();
    }
  }

  @Test
  void whatOneRowHoldsIsJudgedAsACell() throws SQLException {
    assertThat(withColumn("CASE WHEN range = 2 THEN 'nan'::DOUBLE END", "ntp_offset_ms").problems())
        .containsExactly(
            "worker_a.parquet row 3, column ntp_offset_ms: 'NaN' is not a decimal number; the cell"
                + " counts as not measured.");
    assertThat(withColumn("1.79e18::DOUBLE + range", "true_time_ns").problems())
        .hasSize(5)
        .first()
        .asString()
        .contains(
            "row 1, column true_time_ns: '1.79E18' is not a whole number (stored as floating");
    assertThat(withColumn("-1::BIGINT", "ntp_uncertainty_ms").file().cellsRefused()).isEqualTo(5);
    Read read =
        read(
            parquet(
                "SELECT CASE WHEN range <> 3 THEN range END AS event_id, range AS receive_time_ns,"
                    + " CASE range WHEN 1 THEN 1::UBIGINT << 63 ELSE 7 END AS"
                    + " coordinator_send_time_ns FROM range(5)"));
    assertThat(read.problems())
        .containsExactly(
            "worker_a.parquet row 2, column coordinator_send_time_ns: '9223372036854775808' does not"
                + " fit in 64 bits; the row is refused.",
            "worker_a.parquet row 4, column event_id: is empty; the row is refused.");
    assertThat(read.file().lines()).isEqualTo(5);
    assertThat(read.file().rows()).isEqualTo(3);
    assertThat(read.file().refused()).isEqualTo(2);
  }

  @Test
  void withoutARequiredColumnNoRowIsUsedAndAllAreCounted() throws SQLException {
    Read read =
        read(parquet("SELECT range AS event_id, range > 1 AS receive_time_ns FROM range(5)"));
    assertThat(read.problems())
        .containsExactly(
            "worker_a.parquet, column receive_time_ns: is stored as BOOLEAN, which has no room for ns"
                + " since 1970; store it as BIGINT or TIMESTAMP_NS; no row of this file is used.",
            "worker_a.parquet, column coordinator_send_time_ns: this required column is missing; no"
                + " row of this file is used.");
    assertThat(read.file().refused()).isEqualTo(5);
    assertThat(read.rows()).isEmpty();
  }

  private static final String ROWS =
      "SELECT range AS event_id, (hash(range) // 8)::BIGINT AS receive_time_ns, range AS"
          + " coordinator_send_time_ns FROM range(20000)";

  @Test
  void aColumnThatNobodyAsksForMayHaveAnyType() throws Exception {
    Path file =
        parquet(
            "coordinator",
            "SELECT 1 AS event_id, 0 AS sequence_number, 7 AS send_time_ns, now() AS send_time_iso");
    try (Database database = Database.open(folder.resolve("spill"));
        ReadAhead rows =
            new Recording(0, file, Table.COORDINATOR, "a")
                .scan(database.parquet(), MergedTable.UNREAD, count -> {})) {
      while (rows.hasNext()) {
        assertThat(rows.next().size()).isEqualTo(1);
      }
      assertThat(rows.account().problems()).isEmpty();
      assertThat(rows.account().rows()).isEqualTo(1);
    }
  }

  @Test
  void tooLittleMemoryIsNoDamage() throws Exception {
    Path file =
        parquet(
            "SELECT range AS event_id, 7 AS receive_time_ns, 9 AS coordinator_send_time_ns, repeat('x', 20000) || range AS bc_status FROM range(5000)");
    try (DuckDBConnection connection =
            (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '1MB'");
      assertThatThrownBy(
              () -> {
                try (ParquetRows rows = new ParquetRows(connection.duplicate(), file)) {
                  rows.read(rows.columns());
                  while (rows.next()) {
                    assertThat(rows.isNull(0)).isFalse();
                  }
                }
              })
          .isInstanceOf(CarillonException.class)
          .hasMessageContaining("give it more with --memory");
    }
  }

  @Test
  void aFileThatIsNoneOrCutOffIsSaidToBe() throws Exception {
    Path file = parquet(ROWS);
    byte[] whole = Files.readAllBytes(file);
    for (byte[] bytes :
        List.of(
            Arrays.copyOf(whole, whole.length / 2),
            "event_id,7\n".getBytes(StandardCharsets.UTF_8),
            new byte[100])) {
      Files.write(file, bytes);
      assertThat(read(file).problems())
          .singleElement()
          .asString()
          .isEqualTo(
              "worker_a.parquet: is no whole Parquet file (its end is damaged or missing, or it is of"
                  + " another format); no row of this file is used.");
    }
    Files.write(file, new byte[0]);
    assertThat(read(file).problems())
        .containsExactly("worker_a.parquet: the file is empty; nothing was recorded.");
  }

  @Test
  void ofADamagedFileTheRowsBeforeTheDamageCountAndTheOthersAreCounted() throws Exception {
    Path file = parquet(ROWS);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length * 3 / 4, (byte) 0xA5);
    Files.write(file, bytes);
    Read read = read(file);
    assertThat(read.file().rows()).isBetween(2_048L, 18_000L);
    assertThat(read.file().lines()).isEqualTo(20_000);
    assertThat(read.problems().getFirst())
        .startsWith(
            "worker_a.parquet: cannot be read beyond row "
                + read.file().rows()
                + " of 20000 (failed to read file: Snappy decompression failure)");
  }

  @Test
  void aFileThatChangesMeanwhileIsRefused() throws Exception {
    Path file = parquet(ROWS);
    try (Database database = Database.open(folder.resolve("spill"))) {
      assertThatThrownBy(
              () ->
                  new Recording(0, file, Table.WORKER, "a")
                      .read(
                          database.parquet(),
                          (index, line, values) -> file.toFile().setLastModified(line)))
          .isInstanceOf(CarillonException.class)
          .hasMessageContaining("changed while it was read");
    }
  }
}

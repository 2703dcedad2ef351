package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {

  private static final long T = 1_761_411_671_679_469_271L;

  private final Locale usual = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void backToTheUsualLocale() {
    Locale.setDefault(usual);
  }

  private static final ClockCells MEASURED =
      new ClockCells(
          Optional.of(new MeasuredOffset(-23_281_813, 5)),
          Optional.of(new MeasuredOffset(1_692_122, 5_000_000)),
          ClockStatus.HOLDOVER,
          Optional.of(new Reading(T - 100, T - 1, T + 101, ClockStatus.HOLDOVER)),
          OptionalLong.of(T + 7),
          OptionalLong.of(86_400),
          OptionalLong.of(54));

  private static final ClockCells UNMEASURED = ClockCells.unsynchronized(OptionalLong.empty());

  private <R> List<String> lines(RowFormat<R> format, List<R> rows) throws IOException {
    Path file = folder.resolve("rows.csv");
    try (CsvAppender appender = CsvAppender.create(file, format.columns())) {
      rows.forEach(row -> appender.append(format.cells().apply(row)));
    }
    assertThat(Files.readString(file)).endsWith("\n").doesNotContain("\r");
    return Files.readAllLines(file);
  }

  @Test
  void aCoordinatorsRowHasTheToolkitsColumnsAndThenOurs() throws IOException {
    CoordinatorRow row =
        new CoordinatorRow(
            1, 0, T, 600_000_000, List.of("a:9000", "b:9000"), List.of(), T - 5, MEASURED);
    assertThat(lines(CoordinatorRow.FORMAT, List.of(row)))
        .containsExactly(
            "event_id,sequence_number,send_time_ns,send_time_iso,ntp_offset_ms,ntp_timestamp_ns,"
                + "ct_offset_ms,ct_timestamp_ns,pattern_delay_ms,workers_sent,workers_failed,"
                + "scheduled_time_ns,ntp_uncertainty_ms,bc_timestamp_ns,bc_earliest_ns,"
                + "bc_latest_ns,bc_status,true_time_ns,raw_time_ns,raw_uncertainty_ns,"
                + "lateness_ns,transmit_time_ns",
            "1,0,1761411671679469271,2025-10-25 17:01:11,-23.281813,1761411671656187458,"
                + "1.692122,1761411671681161393,600.000000,\"a:9000,b:9000\",,"
                + "1761411671679469266,0.000005,1761411671679469270,1761411671679469171,"
                + "1761411671679469372,holdover,1761411671679469278,86400,54,,");
  }

  @Test
  void aWorkersRowBoundsChronoTickByThreeUncertainties() throws IOException {
    WorkerRow row = new WorkerRow(3, "n1", 2, T, T - 9, TimestampSource.KERNEL, MEASURED);
    assertThat(lines(WorkerRow.format(true), List.of(row)))
        .containsExactly(
            "event_id,node_id,sequence_number,receive_time_ns,coordinator_send_time_ns,"
                + "ntp_offset_ms,ntp_uncertainty_ms,ntp_timestamp_ns,ct_offset_ms,"
                + "ct_uncertainty_ms,ct_timestamp_ns,ct_lower_bound_ns,ct_upper_bound_ns,"
                + "timestamp_source,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status,"
                + "true_time_ns,raw_time_ns,raw_uncertainty_ns",
            "3,n1,2,1761411671679469271,1761411671679469262,-23.281813,0.000005,"
                + "1761411671656187458,1.692122,5.000000,1761411671681161393,"
                + "1761411671666161393,1761411671696161393,kernel,1761411671679469270,"
                + "1761411671679469171,1761411671679469372,holdover,1761411671679469278,86400,54");
  }

  @Test
  void whatWasNotMeasuredIsAnEmptyCellAndWithoutChronoTickItsColumnsAreGone() throws IOException {
    WorkerRow row = new WorkerRow(1, "n1", 0, T, T, TimestampSource.USER, UNMEASURED);
    List<String> lines = lines(WorkerRow.format(false), List.of(row));
    assertThat(lines.getFirst())
        .doesNotContain("ct_")
        .contains("ntp_timestamp_ns,timestamp_source");
    assertThat(lines.get(1))
        .isEqualTo("1,n1,0,1761411671679469271,1761411671679469271,,,,user,,,,unsynchronized,,,");
  }

  @Test
  void aFailedExchangeIsARowOfItsOwn() throws IOException {
    OptionalLong none = OptionalLong.empty();
    SampleRow failed =
        new SampleRow(
            "ntp:123",
            OptionalLong.of(5),
            none,
            none,
            none,
            none,
            none,
            OptionalInt.empty(),
            none,
            none,
            OptionalInt.empty(),
            "timeout",
            SampleRow.OnCounter.NOTHING,
            Optional.empty());
    SampleRow accepted =
        new SampleRow(
            "ntp:123",
            OptionalLong.of(1),
            OptionalLong.of(2),
            OptionalLong.of(3),
            OptionalLong.of(4),
            OptionalLong.of(-5),
            OptionalLong.of(6),
            OptionalInt.of(7),
            OptionalLong.of(8),
            OptionalLong.of(9),
            OptionalInt.of(0),
            "accepted",
            new SampleRow.OnCounter(
                OptionalLong.of(10),
                OptionalLong.of(13),
                OptionalLong.of(14),
                Optional.of(TimestampSource.USER),
                Optional.of(TimestampSource.KERNEL)),
            Optional.of(SampleRow.Mode.INTERLEAVED));
    assertThat(lines(SampleRow.FORMAT, List.of(failed, accepted)))
        .containsExactly(
            "server,t1_ns,t2_ns,t3_ns,t4_ns,offset_ns,delay_ns,stratum,root_delay_ns,"
                + "root_dispersion_ns,leap,verdict,t1_raw_ns,t4_raw_ns,error_ns,t1_source,t4_source,mode",
            "ntp:123,5,,,,,,,,,,timeout,,,,,,",
            "ntp:123,1,2,3,4,-5,6,7,8,9,0,accepted,10,13,14,user,kernel,interleaved");
  }

  @Test
  void aCommitWaitIsInSecondsWithoutNeedlessZeros() throws IOException {
    List<CommitWaitRow> rows =
        List.of(
            new CommitWaitRow(1, 30_000_000_000L, OptionalLong.of(12), OptionalLong.of(1_500_000)),
            new CommitWaitRow(1, 1_500_000, OptionalLong.empty(), OptionalLong.empty()));
    assertThat(lines(CommitWaitRow.FORMAT, rows))
        .containsExactly(
            "event_id,delay_s,bc_uncertainty_ns,ct_uncertainty_ms",
            "1,30,12,1.500000",
            "1,0.0015,,");
  }

  @Test
  void numbersAreTheSameInEveryLocale() throws IOException {
    Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
    CoordinatorRow row =
        new CoordinatorRow(1, 0, T, 1_500_000, List.of(), List.of("a:1"), T, MEASURED);
    assertThat(lines(CoordinatorRow.FORMAT, List.of(row)).get(1))
        .startsWith("1,0,1761411671679469271,2025-10-25 17:01:11,-23.281813,")
        .contains(",1.500000,,a:1,");
  }

  @Test
  void anIntervalAndAStatusThatContradictEachOtherAreRefused() {
    assertThatThrownBy(
            () ->
                new ClockCells(
                    Optional.empty(),
                    Optional.empty(),
                    ClockStatus.SYNCHRONIZED,
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MeasuredOffset(0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.CommitWaitRecord;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.record.RecordLog;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SystemClock;
import org.carillon.events.Await;
import org.carillon.events.Csv;
import org.carillon.events.NodeClocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitWaitTest {

  /** A clock that is 2.5 ns to either side of right. */
  private static final NodeClocks CLOCKS =
      new NodeClocks() {
        @Override
        public ClockCells at(Moment moment) {
          long localNs = moment.localNs();
          return new ClockCells(
              Optional.empty(),
              Optional.of(new MeasuredOffset(0, 1_500_000)),
              ClockStatus.SYNCHRONIZED,
              Optional.of(new Reading(localNs - 2, localNs, localNs + 3, ClockStatus.SYNCHRONIZED)),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty());
        }

        @Override
        public void close() {}
      };

  @TempDir private Path folder;

  @Test
  void everyDelayGivesARowWithHalfTheWidthRoundedUpAndTheRestIsCounted() {
    Path file = folder.resolve("commit_wait_n1.csv");
    SystemClock clock = new SystemClock();
    List<Duration> delays =
        List.of(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofDays(1));
    try (RecordLog rows = RecordLog.open(file, CommitWaitRecord.format(delays), () -> {})) {
      CommitWait wait = CommitWait.start(delays, clock, CLOCKS, rows);
      wait.arrived(1);
      Await.until(() -> rows.writtenRows() == 2);
      // Only the longest delay is waited for now; an event that is due sooner must not wait for it.
      wait.arrived(2);
      Await.until(() -> rows.writtenRows() == 4);
      assertThat(wait.unmeasured()).isZero();
      wait.close();
      assertThat(wait.unmeasured()).isEqualTo(2);
    }
    List<CSVRecord> rows = Csv.rows(file);
    assertThat(rows)
        .extracting(row -> row.get("event_id") + "@" + row.get("delay_s"))
        .containsExactlyInAnyOrder("1@0.001", "2@0.001", "1@0.02", "2@0.02");
    assertThat(rows).allSatisfy(row -> assertThat(row.get("bc_uncertainty_ns")).isEqualTo("3"));
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.get("ct_uncertainty_ms")).isEqualTo("1.500000"));
  }
}

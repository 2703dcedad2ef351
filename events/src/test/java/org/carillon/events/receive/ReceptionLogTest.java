package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.time.ManualClock;
import org.carillon.events.Await;
import org.carillon.events.Csv;
import org.carillon.events.receive.ReceptionLog.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceptionLogTest {

  private static final long START_NS = 1_800_000_000_000_000_000L;

  @TempDir private Path folder;

  private static Counts counts(long received, OptionalLong kernelDrops) {
    return new Counts(received, 2, 3, kernelDrops, 5);
  }

  @Test
  void aRowTellsWhatCameSinceTheOneBeforeAndTheLastOneWhatCameUntilTheEnd() {
    Path file = folder.resolve("reception_n1.csv");
    ManualClock clock = new ManualClock(START_NS);
    AtomicReference<Counts> counts = new AtomicReference<>(counts(100, OptionalLong.empty()));
    ReceptionLog log = ReceptionLog.start(file, counts::get, clock);
    Await.until(() -> Csv.rows(file).size() == 1);
    clock.advance(5);
    counts.set(counts(150, OptionalLong.of(7)));
    log.close();
    log.close();
    assertThat(log.lostRows()).isZero();
    List<CSVRecord> rows = Csv.rows(file);
    assertThat(rows.getFirst().toMap())
        .containsEntry("local_time_ns", START_NS + "")
        .containsEntry("received", "100")
        .containsEntry("malformed", "2")
        .containsEntry("foreign", "3")
        .containsEntry("kernel_drops", "")
        .containsEntry("rows_lost", "5");
    assertThat(rows.getLast().toMap())
        .containsEntry("local_time_ns", START_NS + 5 + "")
        .containsEntry("received", "50")
        .containsEntry("malformed", "0")
        .containsEntry("kernel_drops", "7");
    assertThat(rows).hasSize(2);
  }

  @Test
  void whatHappensInASecondInWhichNothingHappensIsNotWorthARow() {
    Path file = folder.resolve("reception_n1.csv");
    ReceptionLog.start(file, () -> Counts.NONE, new ManualClock(START_NS)).close();
    assertThat(Csv.rows(file)).isEmpty();
    assertThat(counts(9, OptionalLong.of(4)).since(counts(9, OptionalLong.of(4)), 0).isQuiet())
        .isTrue();
    assertThat(counts(9, OptionalLong.of(5)).since(counts(9, OptionalLong.of(4)), 0).isQuiet())
        .isFalse();
  }
}

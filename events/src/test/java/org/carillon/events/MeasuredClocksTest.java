package org.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.RecordFormat;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRecord;
import org.carillon.core.record.WorkerRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredClocksTest {

  private static final int MOMENTS = 3_000;

  @TempDir private Path folder;

  private final RecordFormat format = WorkerRecord.format("n1", true);
  private final ClockBuffer buffer = new ClockBuffer();

  @Test
  void whatIsReadIntoABufferIsWhatIsToldAsAnObject() {
    assertSame(new SystemClock());
    assertSame(ClockSpec.parse("simulated:offset=3ms,drift_ppm=30"));
  }

  private void assertSame(ClockSource clock) {
    SplittableRandom random = new SplittableRandom(5);
    MeasuredNode node = MeasuredNode.start(clock, folder);
    // From here on nothing is learned, and the same moment is always the same.
    node.close();
    Set<ClockStatus> met = EnumSet.noneOf(ClockStatus.class);
    Moment now = Moment.now(clock);
    for (int i = 0; i < MOMENTS; i++) {
      Moment moment = random(now, random);
      ClockCells cells = node.clocks().at(moment);
      node.clocks()
          .read(
              moment.realtimeNs(),
              moment.localNs(),
              moment.rawNs(),
              moment.rawUncertaintyNs(),
              buffer);
      assertThat(line(moment, buffer)).isEqualTo(line(moment, cells));
      met.add(cells.status());
    }
    assertThat(met).containsExactlyInAnyOrder(ClockStatus.values());
  }

  /** From milliseconds to hours away, with all scales a little apart. */
  private static Moment random(Moment now, SplittableRandom random) {
    long awayNs = random.nextLong(-1L << random.nextInt(20, 58), 1L << random.nextInt(20, 58));
    return new Moment(
        now.realtimeNs() + awayNs,
        now.localNs() + awayNs + random.nextLong(-1_000_000, 1_000_000),
        now.rawNs() + awayNs + random.nextLong(-1_000_000, 1_000_000),
        random.nextLong(TimeUnit.MILLISECONDS.toNanos(1)));
  }

  private String line(Moment moment, ClockBuffer clocks) {
    long[] records = new long[format.recordLongs()];
    byte[] bytes = new byte[format.lineBytesMax()];
    WorkerRecord.put(records, 0, 1, 0, moment.localNs(), 5, TimestampSource.KERNEL, clocks);
    int length = format.format(records, 0, null, bytes, 0);
    return new String(bytes, 0, length - 1, StandardCharsets.UTF_8);
  }

  private static String line(Moment moment, ClockCells clocks) {
    WorkerRow row = new WorkerRow(1, "n1", 0, moment.localNs(), 5, TimestampSource.KERNEL, clocks);
    return CSVFormat.DEFAULT.format(WorkerRow.format(true).cells().apply(row).toArray());
  }
}

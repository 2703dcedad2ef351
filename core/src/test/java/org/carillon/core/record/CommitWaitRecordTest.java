package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.commons.csv.CSVFormat;
import org.carillon.core.time.ClockStatus;

class CommitWaitRecordTest {

  private static final List<Duration> DELAYS =
      List.of(Duration.ofNanos(1), Duration.ofMillis(1_500), Duration.ofDays(100));

  private final RecordFormat format = CommitWaitRecord.format(DELAYS);
  private final ClockBuffer clocks = new ClockBuffer();

  @Property(tries = 300)
  void aLineIsThatOfTheLibrary(
      @ForAll long eventId,
      @ForAll @IntRange(max = 2) int delay,
      @ForAll boolean isBounded,
      @ForAll @LongRange(min = 1) long widthNs,
      @ForAll boolean isChronoTick,
      @ForAll @LongRange(min = 0) long uncertaintyNs) {
    clocks.clear();
    if (isBounded) {
      clocks.setBounded(ClockStatus.HOLDOVER, -1, 0, widthNs - 1);
    }
    if (isChronoTick) {
      clocks.setChronoTick(5, uncertaintyNs);
    }
    CommitWaitRow row =
        new CommitWaitRow(
            eventId,
            DELAYS.get(delay).toNanos(),
            isBounded ? OptionalLong.of(widthNs / 2 + widthNs % 2) : OptionalLong.empty(),
            isChronoTick ? OptionalLong.of(uncertaintyNs) : OptionalLong.empty());
    assertThat(format.columns()).isEqualTo(CommitWaitRow.FORMAT.columns());
    assertThat(line(eventId, delay))
        .isEqualTo(
            CSVFormat.DEFAULT.format(CommitWaitRow.FORMAT.cells().apply(row).toArray()) + "\n");
  }

  private String line(long eventId, int delay) {
    long[] records = new long[2 * format.recordLongs()];
    byte[] into = new byte[format.lineBytesMax()];
    CommitWaitRecord.put(records, format.recordLongs(), eventId, delay, clocks);
    int end = format.format(records, format.recordLongs(), null, into, 0);
    return new String(into, 0, end, StandardCharsets.UTF_8);
  }
}

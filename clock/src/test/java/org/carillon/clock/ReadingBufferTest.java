package org.carillon.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;
import org.junit.jupiter.api.Test;

class ReadingBufferTest {

  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long FRESH_NS = 48 * SECOND_NS;

  private final BoundedClock clock = clock();
  private final ReadingBuffer buffer = new ReadingBuffer();

  private static BoundedClock clock() {
    return new BoundedClock(Assumptions.defaults(), 2_000_000);
  }

  private void add(String server, long rawNs, long offsetNs, long errorNs) {
    add(clock, server, rawNs, offsetNs, errorNs);
  }

  private static void add(
      BoundedClock clock, String server, long rawNs, long offsetNs, long errorNs) {
    clock.add(new Measurement(server, rawNs, offsetNs, errorNs, 0, 0, 1, 0, 0), FRESH_NS);
  }

  /** Two servers that now and then contradict each other or themselves; a poll every 16 s. */
  private static void measure(BoundedClock clock, long seed, int polls) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int poll = 0; poll < polls; poll++) {
      for (String server : new String[] {"a", "b"}) {
        long errorNs = random.nextLong(50, 200_000);
        long slipNs = random.nextInt(50) == 0 ? 3 * errorNs : 0;
        long offsetNs = random.nextLong(-errorNs, errorNs) / 2 + slipNs;
        add(clock, server, EPOCH_NS + poll * 16 * SECOND_NS + random.nextInt(9), offsetNs, errorNs);
      }
    }
  }

  @Property(tries = 300)
  void isFilledWithWhatTheClockTellsOfThatMoment(
      @ForAll long seed,
      @ForAll @IntRange(max = 60) int polls,
      @ForAll @LongRange(min = -5_000 * SECOND_NS, max = 50_000 * SECOND_NS) long afterNs,
      @ForAll @LongRange(max = 10_000) long uncertaintyNs) {
    BoundedClock measured = clock();
    measure(measured, seed, polls);
    for (long rawNs : new long[] {EPOCH_NS + afterNs, EPOCH_NS + afterNs % FRESH_NS}) {
      measured.read(rawNs, uncertaintyNs, buffer);
      ClockState state = measured.at(rawNs, uncertaintyNs);
      assertThat(buffer.status()).isEqualTo(state.status());
      assertThat(buffer.toReading()).isEqualTo(state.reading());
      state.reading().ifPresent(this::assertThatItHolds);
    }
  }

  /** What is selected, its error grown with its age; then as the node's clock sees it. */
  @Property(tries = 300)
  void whileSynchronizedItHasTheMeasuredOffset(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int polls,
      @ForAll @LongRange(max = 100 * SECOND_NS) long afterNs,
      @ForAll @LongRange(min = -3_000_000_000L, max = 3_000_000_000L) long localAheadNs,
      @ForAll @LongRange(max = 10_000) long uncertaintyNs) {
    BoundedClock measured = clock();
    measure(measured, seed, polls);
    long rawNs = EPOCH_NS + polls * 16 * SECOND_NS + afterNs;
    measured.read(rawNs, uncertaintyNs, buffer);
    assertThat(buffer.isMeasured()).isEqualTo(buffer.status() == ClockStatus.SYNCHRONIZED);
    assertThat(buffer.toState()).isEqualTo(measured.at(rawNs, uncertaintyNs));
    if (buffer.isMeasured()) {
      Measurement selected = measured.selected().orElseThrow();
      long errorNs = selected.errorNsAt(rawNs, measured.assumptions().drift());
      assertThat(buffer.measuredOffsetNs()).isEqualTo(selected.offsetNs());
      assertThat(buffer.measuredErrorNs()).isEqualTo(errorNs);
      buffer.relateToLocal(rawNs + localAheadNs, rawNs, uncertaintyNs);
      assertThat(buffer.measuredOffsetNs()).isEqualTo(selected.offsetNs() - localAheadNs);
      assertThat(buffer.measuredErrorNs()).isEqualTo(errorNs + uncertaintyNs);
    } else {
      assertThatIllegalStateException().isThrownBy(buffer::measuredOffsetNs);
      assertThatIllegalStateException().isThrownBy(buffer::measuredErrorNs);
    }
  }

  private void assertThatItHolds(Reading reading) {
    assertThat(buffer.earliestNs()).isEqualTo(reading.earliestNs()).isLessThan(buffer.latestNs());
    assertThat(buffer.bestNs()).isEqualTo(reading.bestNs());
    assertThat(buffer.latestNs()).isEqualTo(reading.latestNs());
  }

  @Test
  void theNarrowestIntervalIsStillWiderThanNothing() {
    add("a", EPOCH_NS, 10, 1);
    add("b", EPOCH_NS, 12, 1);
    clock.read(EPOCH_NS, 0, buffer);
    assertThat(buffer.latestNs()).isGreaterThan(buffer.earliestNs());
  }

  @Test
  void withoutAnIntervalThereIsNothingToTakeFromIt() {
    assertThat(buffer.toReading()).isEmpty();
    add("a", EPOCH_NS, 10, 1_000);
    clock.read(EPOCH_NS, 0, buffer);
    assertThat(buffer.toReading()).isPresent();
    // At 50 ppm that is beyond 2 ms.
    clock.read(EPOCH_NS + 60 * SECOND_NS, 0, buffer);
    assertThat(buffer.status()).isEqualTo(ClockStatus.UNSYNCHRONIZED);
    assertThat(buffer.toReading()).isEqualTo(Optional.empty());
    assertThatIllegalStateException().isThrownBy(buffer::earliestNs);
    assertThatIllegalStateException().isThrownBy(buffer::bestNs);
    assertThatIllegalStateException().isThrownBy(buffer::latestNs);
  }

  /** The smallest object has 16 bytes; no compiler is needed to find out that there is none. */
  @Test
  void fillingItMakesNoObject() {
    measure(clock, 1, 100);
    int readings = 100_000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long intervals = readings(1) + readings(1);
    long beforeBytes = threads.getCurrentThreadAllocatedBytes();
    intervals += readings(readings);
    long bytes = threads.getCurrentThreadAllocatedBytes() - beforeBytes;
    assertThat(intervals).isEqualTo(readings + 2);
    assertThat(bytes).as("bytes of %d readings", readings).isLessThan(readings);
  }

  private long readings(int count) {
    long intervals = 0;
    for (int i = 0; i < count; i++) {
      clock.read(EPOCH_NS + 1_600 * SECOND_NS + i * 1_000L, i % 300, buffer);
      intervals += buffer.latestNs() > buffer.earliestNs() ? 1 : 0;
    }
    return intervals;
  }
}

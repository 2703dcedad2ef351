package org.carillon.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.carillon.core.event.WireFormat;
import org.junit.jupiter.api.Test;

/** A walk in longs against the same moments each computed in big integers. */
class ScheduleWalkTest {

  private static void assertWalksAlong(Schedule schedule, int events) {
    Schedule.Cursor cursor = schedule.walk();
    for (int index = 1; index <= events; index++) {
      assertThat(cursor.next()).as("event %d", index).isEqualTo(schedule.offsetNs(index));
    }
  }

  @Property(tries = 200)
  void aConstantRateIsWalkedToTheNanosecond(
      @ForAll @BigRange(min = "0.001", max = "1000000") @Scale(6) BigDecimal rate,
      @ForAll @IntRange(min = 1, max = 5) int burst) {
    assertWalksAlong(Schedule.rate(rate, burst), 1_000);
  }

  @Property(tries = 200)
  void aDurationThatDoesNotDivideIsWalkedToTheNanosecond(
      @ForAll @LongRange(min = 1, max = 4_000_000_000_000_000_000L) long ns,
      @ForAll @LongRange(min = 2_000, max = 1_000_000_000_000_000_000L) long events) {
    assertWalksAlong(Schedule.over(Duration.ofNanos(ns), events), 1_000);
  }

  @Property(tries = 200)
  void aPatternIsWalkedToTheNanosecond(
      @ForAll @Size(min = 1, max = 7) List<@LongRange(min = 0, max = 10_000_000_000L) Long> ns) {
    assertWalksAlong(Schedule.pattern(ns.stream().map(Duration::ofNanos).toList()), 100);
  }

  @Test
  void nothingHasAddedUpAfterMillionsOfEvents() {
    for (String rate : List.of("3", "7", "149", "333333.333333", "0.7")) {
      Schedule schedule = Schedule.rate(new BigDecimal(rate));
      Schedule.Cursor cursor = schedule.walk();
      long dueNs = 0;
      for (int index = 0; index < 3_000_000; index++) {
        dueNs = cursor.next();
      }
      assertThat(dueNs).as(rate).isEqualTo(schedule.offsetNs(3_000_000));
    }
  }

  @Test
  void aRateWhoseFractionFitsNoLongIsWalkedAllTheSame() {
    Schedule schedule = Schedule.rate(new BigDecimal("1234.567890123456789012345678901"));
    assertWalksAlong(schedule, 1_000);
    assertThat(schedule.offsetNs(1_000)).isEqualTo(810_000_007L);
  }

  @Test
  void aBurstIsDueAtOneMomentAndTheMeanRateStays() {
    Schedule schedule = Schedule.rate(new BigDecimal(1_000), 3);
    Schedule.Cursor cursor = schedule.walk();
    assertThat(
            List.of(
                cursor.next(),
                cursor.next(),
                cursor.next(),
                cursor.next(),
                cursor.next(),
                cursor.next()))
        .containsExactly(0L, 0L, 3_000_000L, 3_000_000L, 3_000_000L, 6_000_000L);
    assertThat(schedule.meanRateHz()).isCloseTo(1_000, within(1e-6));
    assertThat(schedule.delayAfterNs(1)).isZero();
    assertThat(schedule.delayAfterNs(2)).isEqualTo(3_000_000);
  }

  @Test
  void poissonArrivalsHaveExponentialGapsOfTheGivenMean() {
    int events = 200_000;
    Schedule.Cursor cursor = Schedule.poisson(new BigDecimal(10_000), 1, 42).walk();
    double meanNs = 100_000;
    double[] sums = new double[2];
    int aboveMean = 0;
    long lastNs = 0;
    for (int i = 0; i < events; i++) {
      long dueNs = cursor.next();
      double gapNs = dueNs - lastNs;
      sums[0] += gapNs;
      sums[1] += gapNs * gapNs;
      aboveMean += gapNs > meanNs ? 1 : 0;
      lastNs = dueNs;
    }
    // Of an exponential distribution; five standard errors each, and the seed is fixed.
    assertThat(sums[0] / events / meanNs).isCloseTo(1, within(0.012));
    assertThat(sums[1] / events / (meanNs * meanNs)).isCloseTo(2, within(0.05));
    assertThat((double) aboveMean / events).isCloseTo(Math.exp(-1), within(0.006));
  }

  @Test
  void theSameSeedMakesTheSameArrivalsAndAnotherMakesOthers() {
    BigDecimal rate = new BigDecimal(1_000);
    Schedule one = Schedule.poisson(rate, 1, 7);
    assertThat(one.offsetNs(1_000)).isEqualTo(Schedule.poisson(rate, 1, 7).offsetNs(1_000));
    assertThat(one.offsetNs(1_000)).isNotEqualTo(Schedule.poisson(rate, 1, 8).offsetNs(1_000));
    assertThat(one.seed()).hasValue(7);
    // Written down once: a schedule that was recorded by its seed must be the same in years.
    assertThat(one.offsetNs(1)).isEqualTo(FIRST_GAP_NS);
    assertThat(one.text()).isEqualTo("1000.000 events/s on average, Poisson arrivals with seed 7");
  }

  private static final long FIRST_GAP_NS = 494_017;

  @Test
  void poissonBurstsKeepTheMeanRate() {
    Schedule schedule = Schedule.poisson(new BigDecimal(1_000), 10, 3);
    Schedule.Cursor cursor = schedule.walk();
    long dueNs = 0;
    for (int i = 0; i < 200_000; i++) {
      long nextNs = cursor.next();
      if (i % 10 != 9) {
        assertThat(nextNs).isEqualTo(dueNs);
      }
      dueNs = nextNs;
    }
    assertThat(dueNs / 200e9).isCloseTo(1, within(0.04)); // five standard errors of 20,000 gaps
    assertThat(schedule.expectedOffsetNs(200_000)).isEqualTo(200_000_000_000L);
    assertThat(schedule.text()).endsWith("Poisson arrivals with seed 3, in bursts of 10");
  }

  @Test
  void arrivalsThatAreHopelesslyFarApartAreDueAtTheEndOfTime() {
    Schedule.Cursor cursor = Schedule.poisson(new BigDecimal("1E-30"), 1, 1).walk();
    assertThat(cursor.next()).isEqualTo(Long.MAX_VALUE / 2);
    assertThat(cursor.next()).isEqualTo(Long.MAX_VALUE / 2);
    Schedule slow = Schedule.poisson(new BigDecimal("1E-12"), 1, 1);
    assertThatThrownBy(() -> new EventPlan(100, slow, WireFormat.JSON, OptionalInt.empty(), 1))
        .hasMessageContaining("292 years");
  }

  @Test
  void walkingMakesNoObject() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (Schedule schedule :
        List.of(
            Schedule.rate(new BigDecimal(3), 2),
            Schedule.pattern(PatternText.parse("slow,fast")),
            Schedule.poisson(BigDecimal.TEN, 1, 5))) {
      Schedule.Cursor cursor = schedule.walk();
      walk(cursor, 1_000);
      long beforeBytes = threads.getCurrentThreadAllocatedBytes();
      walk(cursor, 100_000);
      assertThat(threads.getCurrentThreadAllocatedBytes() - beforeBytes)
          .as(schedule.text())
          .isLessThan(100_000);
    }
  }

  private static void walk(Schedule.Cursor cursor, int events) {
    for (int i = 0; i < events; i++) {
      cursor.next();
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> Schedule.rate(BigDecimal.TEN, 0)).hasMessageContaining("burst");
    assertThatThrownBy(() -> Schedule.poisson(BigDecimal.ZERO, 1, 1))
        .hasMessageContaining("above 0");
    BigInteger huge = BigInteger.TEN.pow(400);
    assertThat(Schedule.rate(new BigDecimal(huge)).offsetNs(5)).isZero();
  }
}

package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import org.carillon.clock.Assumptions;
import org.carillon.core.time.PollInterval;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

  private static final long NEAR_NS = 200_000;
  private static final long FAR_NS = 30_000_000;
  private static final long HALF_WIDTH_NS = 80_000;
  private static final Duration BURST = Duration.ofMillis(250);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** So steady that a second more adds 1 ns to the half width. */
  private static final PollSchedule.Growth STEADY = ahead -> OptionalLong.of(ahead.toSeconds());

  /** The largest growth that is small is an eighth, 10 µs. */
  private static PollSchedule.Growth smallFor(long seconds) {
    return ahead -> OptionalLong.of(10_000 * ahead.toSeconds() / seconds);
  }

  private PollSchedule schedule = schedule("auto");
  private Duration freshFor;

  private static PollSchedule schedule(String interval) {
    return new PollSchedule(
        new TimeKeeper.Settings(PollInterval.parse(interval), SECOND, Assumptions.defaults()));
  }

  private Duration answer(long delayNs, PollSchedule.Growth growth) {
    freshFor = schedule.answered(delayNs, HALF_WIDTH_NS);
    return schedule.afterAnswer(growth);
  }

  private Duration answer(PollSchedule.Growth growth) {
    return answer(NEAR_NS, growth);
  }

  private Duration answer(long delayNs) {
    return answer(delayNs, STEADY);
  }

  /** The wait after so many answers. */
  private Duration after(int answers, PollSchedule.Growth growth) {
    Duration wait = Duration.ZERO;
    for (int i = 0; i < answers; i++) {
      wait = answer(growth);
    }
    return wait;
  }

  @Test
  void aBurstOfFourComesFirst() {
    assertThat(answer(NEAR_NS)).isEqualTo(BURST);
    assertThat(answer(NEAR_NS)).isEqualTo(BURST);
    assertThat(answer(NEAR_NS)).isEqualTo(BURST);
    assertThat(answer(NEAR_NS)).isEqualTo(SECOND);
    assertThat(answer(NEAR_NS)).isEqualTo(SECOND);
  }

  @Test
  void inTheFirstMinuteAServerIsAskedAsOftenAsItMayBe() {
    Duration elapsed = Duration.ZERO;
    while (elapsed.compareTo(Duration.ofMinutes(1)) < 0) {
      Duration wait = answer(STEADY);
      assertThat(wait).isLessThanOrEqualTo(SECOND);
      elapsed = elapsed.plus(wait);
    }
  }

  @Test
  void theIntervalOfASteadyClockDoublesAfterFourPollsUpTo64Seconds() {
    after(64, STEADY);
    assertThat(after(4, STEADY)).isEqualTo(Duration.ofSeconds(2));
    assertThat(after(3, STEADY)).isEqualTo(Duration.ofSeconds(2));
    assertThat(answer(STEADY)).isEqualTo(Duration.ofSeconds(4));
    assertThat(after(4 * 4, STEADY)).isEqualTo(Duration.ofSeconds(64));
    assertThat(after(100, STEADY)).isEqualTo(Duration.ofSeconds(64));
  }

  @Test
  void itGrowsAsLongAsTheIntervalIsHardlyWiderAtItsEnd() {
    assertThat(after(1_000, smallFor(16))).isEqualTo(Duration.ofSeconds(16));
    assertThat(after(1_000, smallFor(15))).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void itIsHalvedAtOnceAsOftenAsItTakes() {
    after(1_000, STEADY);
    assertThat(answer(smallFor(9))).isEqualTo(Duration.ofSeconds(8));
    assertThat(answer(ahead -> OptionalLong.empty())).isEqualTo(SECOND);
  }

  @Test
  void oneSampleThatWaitedInAQueueChangesNothing() {
    after(1_000, smallFor(4));
    for (int i = 0; i < 20; i++) {
      schedule.answered(NEAR_NS, i % 8 == 0 ? HALF_WIDTH_NS : 50 * HALF_WIDTH_NS);
      assertThat(schedule.afterAnswer(smallFor(4))).isEqualTo(Duration.ofSeconds(4));
    }
  }

  @Test
  void aLostSampleHalvesIt() {
    after(1_000, STEADY);
    assertThat(schedule.afterFailure()).isEqualTo(Duration.ofSeconds(32));
    assertThat(schedule.afterFailure()).isEqualTo(Duration.ofSeconds(16));
    assertThat(answer(STEADY)).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void aServerSilentForAMinuteIsAskedLessAndLessAndAsAtTheStartWhenItIsBack() {
    after(64, STEADY);
    Duration silent = Duration.ZERO;
    while (silent.compareTo(Duration.ofMinutes(1)) <= 0) {
      Duration wait = schedule.afterFailure();
      assertThat(wait).isEqualTo(SECOND);
      silent = silent.plus(wait);
    }
    assertThat(schedule.afterFailure()).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 20; i++) {
      schedule.afterFailure();
    }
    assertThat(schedule.afterFailure()).isEqualTo(Duration.ofSeconds(64));

    assertThat(answer(STEADY)).isEqualTo(BURST);
    assertThat(after(50, STEADY)).isEqualTo(SECOND);
  }

  @Test
  void theLimitsCanBeSet() {
    schedule = schedule("2s..8s");
    assertThat(after(4, STEADY)).isEqualTo(Duration.ofSeconds(2));
    assertThat(after(1_000, STEADY)).isEqualTo(Duration.ofSeconds(8));
    assertThat(answer(FAR_NS)).isEqualTo(Duration.ofSeconds(8));
    assertThat(answer(ahead -> OptionalLong.empty())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aFixedIntervalStays() {
    schedule = schedule("3s");
    after(4, STEADY);
    assertThat(answer(STEADY)).isEqualTo(Duration.ofSeconds(3));
    assertThat(after(1_000, STEADY)).isEqualTo(Duration.ofSeconds(3));
    assertThat(answer(ahead -> OptionalLong.empty())).isEqualTo(Duration.ofSeconds(3));
    for (int i = 0; i < 100; i++) {
      assertThat(schedule.afterFailure()).isEqualTo(Duration.ofSeconds(3));
    }
    schedule = schedule("3s");
    for (int i = 0; i < 3; i++) {
      answer(FAR_NS);
    }
    assertThat(answer(FAR_NS)).as("of a server far away").isEqualTo(Duration.ofSeconds(3));
    assertThat(schedule.afterKiss("RATE")).contains(Duration.ofSeconds(6));
  }

  @Test
  void sharpeningIsABurstOfTwelveAlsoOfAFarServer() {
    for (int i = 0; i < 4; i++) {
      answer(FAR_NS);
    }
    assertThat(schedule.sharpen()).isTrue();
    for (int i = 0; i < 12; i++) {
      assertThat(answer(FAR_NS)).isEqualTo(BURST);
    }
    assertThat(answer(FAR_NS)).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void aServerThatHasSaidRateIsNotAskedMoreOften() {
    schedule.afterKiss("RATE");
    assertThat(schedule.sharpen()).isFalse();
    assertThat(answer(NEAR_NS)).isEqualTo(Duration.ofSeconds(2));
    assertThat(answer(ahead -> OptionalLong.empty())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aFarServerIsAskedSeldomAndAdaptsFromThereOn() {
    for (int i = 0; i < 3; i++) {
      answer(FAR_NS);
    }
    assertThat(answer(FAR_NS)).isEqualTo(Duration.ofSeconds(16));
    assertThat(answer(FAR_NS)).isEqualTo(Duration.ofSeconds(16));
    assertThat(freshFor).isEqualTo(Duration.ofSeconds(3 * 16 + 1));
    for (int i = 0; i < 7; i++) {
      answer(FAR_NS);
    }
    assertThat(answer(FAR_NS)).isEqualTo(Duration.ofSeconds(32));
    assertThat(answer(FAR_NS, smallFor(10))).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void oneSlowAnswerDoesNotMakeAServerFar() {
    for (int i = 0; i < 4; i++) {
      answer(NEAR_NS);
    }
    assertThat(answer(FAR_NS)).isEqualTo(SECOND);
  }

  @Test
  void theKissRateDoublesTheIntervalAndEndsTheBurst() {
    answer(NEAR_NS);
    assertThat(schedule.afterKiss("RATE")).contains(Duration.ofSeconds(2));
    assertThat(answer(NEAR_NS)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 20; i++) {
      schedule.afterKiss("RATE");
    }
    assertThat(answer(NEAR_NS)).isEqualTo(Duration.ofSeconds(1_024));
  }

  @Test
  void theKissesDenyAndRstrEndThePolls() {
    assertThat(schedule.afterKiss("DENY")).isEmpty();
    assertThat(schedule.afterKiss("RSTR")).isEmpty();
  }

  @Test
  void anyOtherKissIsAFailure() {
    assertThat(schedule.afterKiss("INIT")).contains(SECOND);
  }

  @Test
  void anUnknownNameIsLookedUpLessAndLess() {
    assertThat(schedule.afterUnresolved()).isEqualTo(SECOND);
    assertThat(schedule.afterUnresolved()).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 100; i++) {
      schedule.afterUnresolved();
    }
    assertThat(schedule.afterUnresolved()).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void aSampleIsRecentUntilTheThirdPollAfterItHasFailed() {
    Duration wait = Duration.ZERO;
    for (int i = 0; i < 1_000; i++) {
      wait = answer(STEADY);
      assertThat(freshFor).isGreaterThanOrEqualTo(wait.multipliedBy(3).plusSeconds(1));
    }
    assertThat(freshFor).isEqualTo(wait.multipliedBy(3).plusSeconds(1));
  }

  @Test
  void senselessSettingsAreRefused() {
    assertThatThrownBy(() -> new TimeKeeper.Settings(Duration.ZERO, SECOND, 50))
        .hasMessageContaining("poll interval");
    assertThatThrownBy(() -> new TimeKeeper.Settings(SECOND, Duration.ofHours(1), 50))
        .hasMessageContaining("timeout");
    assertThatThrownBy(() -> new TimeKeeper.Settings(SECOND, SECOND, -1))
        .hasMessageContaining("drift bound");
    assertThatThrownBy(() -> new TimeKeeper.Settings(SECOND, SECOND, Double.NaN))
        .hasMessageContaining("drift bound");
  }
}

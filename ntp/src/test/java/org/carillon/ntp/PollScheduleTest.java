package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

  private static final long NEAR_NS = 200_000;
  private static final long FAR_NS = 30_000_000;
  private static final Duration BURST = Duration.ofMillis(250);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final PollSchedule schedule = new PollSchedule(TimeKeeper.Settings.defaults());

  @Test
  void aBurstOfFourComesFirst() {
    assertThat(schedule.afterAnswer(NEAR_NS)).isEqualTo(BURST);
    assertThat(schedule.afterAnswer(NEAR_NS)).isEqualTo(BURST);
    assertThat(schedule.afterAnswer(NEAR_NS)).isEqualTo(BURST);
    assertThat(schedule.afterAnswer(NEAR_NS)).isEqualTo(SECOND);
    assertThat(schedule.afterAnswer(NEAR_NS)).isEqualTo(SECOND);
  }

  @Test
  void sharpeningIsABurstOfTwelveAlsoOfAFarServer() {
    for (int i = 0; i < 4; i++) {
      schedule.afterAnswer(FAR_NS);
    }
    assertThat(schedule.sharpen()).isTrue();
    for (int i = 0; i < 12; i++) {
      assertThat(schedule.afterAnswer(FAR_NS)).isEqualTo(BURST);
    }
    assertThat(schedule.afterAnswer(FAR_NS)).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void aServerThatHasSaidRateIsNotAskedMoreOften() {
    schedule.afterKiss("RATE");
    assertThat(schedule.sharpen()).isFalse();
    assertThat(schedule.afterAnswer(NEAR_NS)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aFarServerIsAskedSeldom() {
    for (int i = 0; i < 3; i++) {
      schedule.afterAnswer(FAR_NS);
    }
    assertThat(schedule.afterAnswer(FAR_NS)).isEqualTo(Duration.ofSeconds(16));
    assertThat(schedule.freshFor()).isEqualTo(Duration.ofSeconds(3 * 16 + 1));
  }

  @Test
  void oneSlowAnswerDoesNotMakeAServerFar() {
    for (int i = 0; i < 4; i++) {
      schedule.afterAnswer(NEAR_NS);
    }
    assertThat(schedule.afterAnswer(FAR_NS)).isEqualTo(SECOND);
  }

  @Test
  void theKissRateDoublesTheIntervalAndEndsTheBurst() {
    schedule.afterAnswer(NEAR_NS);
    assertThat(schedule.afterKiss("RATE")).contains(Duration.ofSeconds(2));
    assertThat(schedule.afterAnswer(NEAR_NS)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 20; i++) {
      schedule.afterKiss("RATE");
    }
    assertThat(schedule.afterAnswer(NEAR_NS)).isEqualTo(Duration.ofSeconds(1_024));
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
  void aDeadServerIsAskedAsBeforeSoThatItsReturnIsSeen() {
    for (int i = 0; i < 100; i++) {
      assertThat(schedule.afterFailure()).isEqualTo(SECOND);
    }
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
    assertThat(schedule.freshFor()).isEqualTo(Duration.ofSeconds(4));
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

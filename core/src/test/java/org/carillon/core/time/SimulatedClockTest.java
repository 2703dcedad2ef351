package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SimulatedClockTest {
  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
  private static final long HOUR_NS = 3_600_000_000_000L;

  private static SimulatedClock clock(long offsetNs, double driftPpm, double wanderPpm) {
    return new SimulatedClock(
        new ManualClock(EPOCH_NS),
        new SimulatedClock.Errors(offsetNs, driftPpm, wanderPpm, 7),
        EPOCH_NS);
  }

  @Test
  void showsItsOffsetAtTheEpochToTheNanosecond() {
    assertThat(clock(3_000_001, 0, 0).nowNs()).isEqualTo(EPOCH_NS + 3_000_001);
  }

  @Test
  void gainsOneMicrosecondPerSecondAndPpm() {
    // 20 ppm over an hour is 72 ms.
    assertThat(clock(0, 20, 0).localNs(EPOCH_NS + HOUR_NS) - EPOCH_NS - HOUR_NS)
        .isEqualTo(72_000_000L);
    assertThat(clock(0, -20, 0).localNs(EPOCH_NS + HOUR_NS) - EPOCH_NS - HOUR_NS)
        .isEqualTo(-72_000_000L);
  }

  @Test
  void wandersTheSameWayWhateverTheOrderOfTheQuestions() {
    SimulatedClock forward = clock(0, 0, 0.5);
    long early = forward.localNs(EPOCH_NS + HOUR_NS / 2);
    long late = forward.localNs(EPOCH_NS + HOUR_NS);
    SimulatedClock backward = clock(0, 0, 0.5);
    assertThat(backward.localNs(EPOCH_NS + HOUR_NS)).isEqualTo(late);
    assertThat(backward.localNs(EPOCH_NS + HOUR_NS / 2)).isEqualTo(early);
    assertThat(late).isNotEqualTo(EPOCH_NS + HOUR_NS);
  }

  @Test
  void wandersWithoutJumps() {
    SimulatedClock clock = clock(0, 0, 0.5);
    for (long second = 1; second < 1_000; second++) {
      long atNs = EPOCH_NS + second * 1_000_000_000L;
      // 1 µs around a whole second: even 100 ppm of frequency would move it by 0.2 ns only.
      assertThat(clock.localNs(atNs + 500) - clock.localNs(atNs - 500))
          .isCloseTo(1_000, within(2L));
    }
  }
}

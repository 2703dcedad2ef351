package org.carillon.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.SimulatedClock;
import org.junit.jupiter.api.Test;

class FaultyClockTest {

  private static final long START_NS = 1_800_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;

  private final ManualClock manual = new ManualClock(START_NS);

  private ClockSource clock(String faults, ClockSource underlying) {
    FaultPlan plan = FaultPlan.parse(List.of(faults), new SplittableRandom(1));
    return FaultInjector.start(plan, underlying).clock();
  }

  private long errorNs(ClockSource clock, long elapsedNs) {
    return clock.localNs(START_NS + elapsedNs) - (START_NS + elapsedNs);
  }

  @Test
  void skewStepAndDriftAddUp() {
    ClockSource clock =
        clock("clock-skew=5ms,clock-step=3ms@10s,clock-step=-1ms@20s,clock-drift=20ppm", manual);
    assertThat(errorNs(clock, 0)).isEqualTo(5_000_000);
    assertThat(errorNs(clock, SECOND_NS)).isEqualTo(5_000_000 + 20_000);
    assertThat(errorNs(clock, 10 * SECOND_NS - 1)).isEqualTo(5_000_000 + 200_000);
    assertThat(errorNs(clock, 10 * SECOND_NS)).isEqualTo(8_000_000 + 200_000);
    assertThat(errorNs(clock, 20 * SECOND_NS)).isEqualTo(7_000_000 + 400_000);
    assertThat(errorNs(clock, -SECOND_NS)).as("before the start").isEqualTo(5_000_000);
  }

  @Test
  void aDriftMayBeginLater() {
    ClockSource clock = clock("clock-drift=-100ppm@10s", manual);
    assertThat(errorNs(clock, 10 * SECOND_NS)).isZero();
    assertThat(errorNs(clock, 11 * SECOND_NS)).isEqualTo(-100_000);
  }

  @Test
  void theErrorsComeOnTopOfThoseOfASimulatedClock() {
    SimulatedClock simulated =
        new SimulatedClock(manual, new SimulatedClock.Errors(1_000_000, 10, 0, 1), START_NS);
    ClockSource clock = clock("clock-skew=5ms,clock-drift=20ppm", simulated);
    assertThat(errorNs(clock, SECOND_NS)).isEqualTo(6_000_000 + 30_000);
    assertThat(clock.specification())
        .isEqualTo(simulated.specification() + " with clock-skew=5ms,clock-drift=20ppm@0s");
  }

  @Test
  void trueTimeIsKnownAndWaitingIsNotWrong() throws InterruptedException {
    ClockSource clock = clock("clock-skew=1h", manual);
    assertThat(clock.knowsTrueTime()).isTrue();
    assertThat(clock.realtimeNs()).isEqualTo(START_NS);
    clock.sleepUntil(clock.monotonicNs() + SECOND_NS);
    assertThat(manual.realtimeNs()).isEqualTo(START_NS + SECOND_NS);
  }

  @Test
  void withoutAFaultOfTheClockItIsTheClockItself() {
    assertThat(clock("loss=1%", manual)).isSameAs(manual);
  }
}

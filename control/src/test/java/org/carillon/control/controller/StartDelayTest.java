package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.workload.WorkloadSpec;
import org.junit.jupiter.api.Test;

class StartDelayTest {

  private static final long MS = 1_000_000;

  @Test
  void whatWasAskedForHoldsWhateverTheWorkersNeed() {
    assertThat(StartDelay.ns(options(10, false), List.of(OptionalLong.of(30_000 * MS))))
        .isEqualTo(10_000 * MS);
  }

  @Test
  void aFastStartWaitsForTheSlowestWorkerAndTheClocks() {
    assertThat(
            StartDelay.ns(
                options(10, true), List.of(OptionalLong.of(3 * MS), OptionalLong.of(20 * MS))))
        .isEqualTo((500 + 4 * 20 + 2 * 5) * MS);
  }

  @Test
  void aFastStartIsNeverSlowerAndCountsOnNoRoundTripThatWasNotMeasured() {
    assertThat(StartDelay.ns(options(10, true), List.of(OptionalLong.of(9_000 * MS))))
        .isEqualTo(10_000 * MS);
    assertThat(StartDelay.ns(options(10, true), List.of(OptionalLong.of(MS), OptionalLong.empty())))
        .isEqualTo(10_000 * MS);
  }

  private static ControllerOptions options(int startDelaySeconds, boolean fastStart) {
    return new ControllerOptions(
        List.of(),
        Messages.RUN,
        Optional.empty(),
        new WorkloadSpec.EventStream(List.of(), Duration.ZERO),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofMinutes(1),
        Duration.ofMillis(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(startDelaySeconds),
        fastStart,
        new FailurePolicy.All(),
        new FailurePolicy.All());
  }
}

package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.carillon.control.statistics.ClockReport;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;
import org.junit.jupiter.api.Test;

class ClockGateTest {

  private final ClockGate gate = new ClockGate(5_000_000);

  @Test
  void aBoundBelowTheLimitPassesAndOneAtItDoesNot() {
    assertThat(gate.complaint(clock(ClockStatus.SYNCHRONIZED, 4_999_999))).isEmpty();
    assertThat(gate.complaint(clock(ClockStatus.HOLDOVER, 4_999_999))).isEmpty();
    assertThat(gate.complaint(clock(ClockStatus.SYNCHRONIZED, 5_000_000)))
        .contains("clock bound 5 ms, must be under 5 ms");
  }

  @Test
  void aClockThatNobodyMeasuredDoesNotPass() {
    assertThat(gate.complaint(ClockReport.UNKNOWN)).contains("clock unsynchronized");
    assertThat(gate.complaint(clock(ClockStatus.UNSYNCHRONIZED, 1)))
        .contains("clock unsynchronized");
  }

  private static ClockReport clock(ClockStatus status, long boundNs) {
    return new ClockReport(
        status, Optional.empty(), Optional.of(new MeasuredOffset(0, boundNs)), "server a");
  }
}

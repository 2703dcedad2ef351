package org.carillon.control.controller;

import java.util.Optional;
import org.carillon.control.statistics.ClockReport;
import org.carillon.core.time.ClockStatus;

/**
 * Whether a clock is good enough for a common start.
 *
 * @param maxBoundNs the bound, half the width of the interval, must be below
 */
record ClockGate(long maxBoundNs) {

  /** What keeps a clock out; empty if it may pass. */
  Optional<String> complaint(ClockReport clock) {
    if (clock.status() == ClockStatus.UNSYNCHRONIZED || clock.offset().isEmpty()) {
      return Optional.of("clock unsynchronized");
    }
    long boundNs = clock.offset().get().uncertaintyNs();
    return boundNs < maxBoundNs
        ? Optional.empty()
        : Optional.of(
            "clock bound "
                + ShortTime.text(boundNs)
                + ", must be under "
                + ShortTime.text(maxBoundNs));
  }

  /** All that is known of a clock, for a log. */
  static String evidence(ClockReport clock) {
    String bound =
        clock
            .offset()
            .map(it -> ", offset " + it.offsetNs() + " ns ± " + ShortTime.text(it.uncertaintyNs()))
            .orElse("");
    return clock.status().text()
        + bound
        + (clock.evidence().isEmpty() ? "" : " (" + clock.evidence() + ")");
  }
}

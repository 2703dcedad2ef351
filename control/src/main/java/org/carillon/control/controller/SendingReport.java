package org.carillon.control.controller;

import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.core.time.DurationText;

/**
 * How a coordinator kept to its schedule.
 *
 * @param schedule in a few words
 * @param seed of its random numbers; empty if it has none
 * @param lateness how much later than due each event was sent, on the monotonic clock
 * @param maxLatenessNs the limit that was set; empty if none was
 * @param lateEvents sent later than that; 0 without a limit
 */
public record SendingReport(
    String schedule,
    OptionalLong seed,
    LatencyHistogram lateness,
    OptionalLong maxLatenessNs,
    long lateEvents) {

  /** What marks the run; empty if every event was sent in time. */
  public Optional<String> complaint() {
    return lateEvents == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d events were sent more than %s late"
                .formatted(
                    lateEvents,
                    lateness.count(),
                    DurationText.format(maxLatenessNs.orElseThrow())));
  }
}

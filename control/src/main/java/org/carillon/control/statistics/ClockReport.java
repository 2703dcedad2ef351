package org.carillon.control.statistics;

import java.util.Optional;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;

/**
 * How a node's clock stands at one moment.
 *
 * @param status of the bounded clock
 * @param reading of that moment; empty if the clock is unsynchronized
 * @param offset true time minus the local clock, with half the width of the interval as its
 *     uncertainty; empty if the clock is unsynchronized
 * @param evidence what it rests on, for people: servers, and who is not believed
 */
public record ClockReport(
    ClockStatus status,
    Optional<Reading> reading,
    Optional<MeasuredOffset> offset,
    String evidence) {

  /** A clock of which nothing is known. */
  public static final ClockReport UNKNOWN =
      new ClockReport(ClockStatus.UNSYNCHRONIZED, Optional.empty(), Optional.empty(), "");
}

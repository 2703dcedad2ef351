package org.carillon.analysis.control;

import java.util.Collection;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.carillon.analysis.control.ControlRecord.StartReading;

/**
 * How far apart workers began.
 *
 * @param workers how many began, at least 1
 * @param bestNs between the first and the last best estimate
 * @param atLeastNs what the bounds allow at least
 * @param atMostNs what the bounds allow at most
 */
public record Spread(long workers, long bestNs, long atLeastNs, long atMostNs) {

  /** The spread of readings; empty if there are none. */
  static Optional<Spread> of(Collection<StartReading> readings) {
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Spread(
            readings.size(),
            values(readings, StartReading::bestNs).max().orElseThrow()
                - values(readings, StartReading::bestNs).min().orElseThrow(),
            Math.max(
                0,
                values(readings, StartReading::earliestNs).max().orElseThrow()
                    - values(readings, StartReading::latestNs).min().orElseThrow()),
            values(readings, StartReading::latestNs).max().orElseThrow()
                - values(readings, StartReading::earliestNs).min().orElseThrow()));
  }

  private static LongStream values(
      Collection<StartReading> readings, ToLongFunction<StartReading> value) {
    return readings.stream().mapToLong(value);
  }
}

package org.carillon.control.controller;

import java.util.Collection;
import java.util.function.ToLongFunction;
import org.carillon.core.time.Reading;

/**
 * How closely workers started together, by the readings of their first moments.
 *
 * @param workers how many, at least 1
 * @param bestNs between the first and the last best estimate
 * @param atLeastNs what the bounds allow at least: latest earliest minus earliest latest, or 0
 * @param atMostNs what the bounds allow at most: latest latest minus earliest earliest
 */
public record StartSpread(int workers, long bestNs, long atLeastNs, long atMostNs) {

  /** The spread of at least one reading. */
  public static StartSpread of(Collection<Reading> readings) {
    return new StartSpread(
        readings.size(),
        largest(readings, Reading::bestNs) - smallest(readings, Reading::bestNs),
        Math.max(0, largest(readings, Reading::earliestNs) - smallest(readings, Reading::latestNs)),
        largest(readings, Reading::latestNs) - smallest(readings, Reading::earliestNs));
  }

  /** "12 workers started within 41 µs (between 0 and 163 µs, by their bounds)". */
  public String sentence() {
    if (workers == 1) {
      return "1 worker started, at a moment that its clock knows to within "
          + ShortTime.text(atMostNs);
    }
    return "%d workers started within %s (between %s and %s, by their bounds)"
        .formatted(
            workers, ShortTime.text(bestNs), ShortTime.text(atLeastNs), ShortTime.text(atMostNs));
  }

  private static long smallest(Collection<Reading> readings, ToLongFunction<Reading> edge) {
    return readings.stream().mapToLong(edge).min().orElseThrow();
  }

  private static long largest(Collection<Reading> readings, ToLongFunction<Reading> edge) {
    return readings.stream().mapToLong(edge).max().orElseThrow();
  }
}

package org.carillon.analysis.statistics.quality;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How steady a clock's rate was.
 *
 * @param deviation at least one point
 * @param intervalNs of the even grid that offsets were put on
 * @param noiseNs standard deviation of what measurements scatter without the clock; empty if
 *     nothing tells
 */
public record Stability(AllanDeviation deviation, long intervalNs, OptionalLong noiseNs) {

  /**
   * The deviation that a perfect clock would show, because of how it was measured: white noise of
   * standard deviation s in the offsets makes √3·s/τ (NIST SP 1065, table 3). A deviation near it
   * tells of the network and not of the clock.
   */
  public OptionalDouble floor(AllanDeviation.Point point) {
    return noiseNs.isPresent()
        ? OptionalDouble.of(Math.sqrt(3) * noiseNs.getAsLong() / point.tauNs())
        : OptionalDouble.empty();
  }

  /** Whether some point is clear of the floor: more than twice it. */
  public boolean tellsOfTheClock() {
    return deviation.points().stream()
        .anyMatch(
            point ->
                floor(point).isPresent() && point.deviation() > 2 * floor(point).getAsDouble());
  }
}

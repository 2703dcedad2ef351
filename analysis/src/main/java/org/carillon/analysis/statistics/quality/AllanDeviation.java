package org.carillon.analysis.statistics.quality;

import java.util.List;

/**
 * How much a clock's rate differs from one stretch of time to the next, by the length τ of the
 * stretch: the overlapping Allan deviation (NIST Special Publication 1065, section 5.2.4).
 *
 * @param points by rising τ; none if there are too few measurements
 */
public record AllanDeviation(List<Point> points) {

  public AllanDeviation {
    points = List.copyOf(points);
  }

  /**
   * The deviation at one τ.
   *
   * @param tauNs τ in ns, above zero
   * @param deviation the ratio σ(τ), never below zero: 1e-6 is one part per million
   * @param n second differences that it is the mean of, at least 1
   * @param low of its 95 % confidence interval, a ratio
   * @param high likewise
   */
  public record Point(long tauNs, double deviation, long n, double low, double high) {

    public Point {
      if (tauNs <= 0
          || n < 1
          || !(low >= 0 && low <= deviation && deviation <= high)
          || Double.isInfinite(high)) {
        throw new IllegalArgumentException(
            "σ("
                + tauNs
                + " ns) = "
                + deviation
                + " ["
                + low
                + ", "
                + high
                + "] of "
                + n
                + " is no Allan deviation");
      }
    }
  }
}

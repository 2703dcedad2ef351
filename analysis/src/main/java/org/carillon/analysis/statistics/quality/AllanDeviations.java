package org.carillon.analysis.statistics.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The overlapping Allan deviation of offsets x at even steps of τ₀ (NIST Special Publication 1065,
 * §5.2.4): over τ = m·τ₀,
 *
 * <pre>σ²(τ) = mean of (x[i + 2m] − 2 x[i + m] + x[i])² / (2 τ²)</pre>
 *
 * over all i whose three offsets are there. An offset that is missing costs the differences that it
 * is part of and no others, and their share of the degrees of freedom.
 */
final class AllanDeviations {

  /** A deviation from fewer second differences than this says next to nothing. */
  static final int LEAST = 3;

  private AllanDeviations() {}

  /** At τ₀, 2 τ₀, 4 τ₀ and so on, up to a third of the whole. */
  static AllanDeviation of(EvenGrid grid) {
    List<AllanDeviation.Point> points = new ArrayList<>();
    for (int m = 1; 3L * m <= grid.offsetsNs().length - 1; m *= 2) {
      at(grid, m).filter(point -> point.n() >= LEAST).ifPresent(points::add);
    }
    return new AllanDeviation(points);
  }

  /** Over m steps; empty if no three offsets are there. */
  static Optional<AllanDeviation.Point> at(EvenGrid grid, int m) {
    double[] x = grid.offsetsNs();
    double sum = 0;
    long n = 0;
    for (int i = 0; i + 2 * m < x.length; i++) {
      double difference = x[i + 2 * m] - 2 * x[i + m] + x[i];
      if (!Double.isNaN(difference)) {
        sum += difference * difference;
        n++;
      }
    }
    if (n == 0) {
      return Optional.empty();
    }
    long tauNs = m * grid.intervalNs();
    double deviation = Math.sqrt(sum / (2 * n)) / tauNs;
    double there = (double) n / (x.length - 2 * m);
    AllanFreedom.Factors factors =
        AllanFreedom.factors(Math.max(1, there * AllanFreedom.degrees(x.length, m)));
    return Optional.of(
        new AllanDeviation.Point(
            tauNs, deviation, n, factors.low() * deviation, factors.high() * deviation));
  }
}

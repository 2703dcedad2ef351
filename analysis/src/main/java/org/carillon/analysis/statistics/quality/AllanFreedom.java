package org.carillon.analysis.statistics.quality;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * How well an overlapping Allan deviation is known: σ² has a χ² distribution of so many equivalent
 * degrees of freedom, as the kind of noise has it (S. R. Stein, <i>Frequency and time – their
 * measurement and characterization</i>, 1985; NIST Special Publication 1065, §5.3 and table 5).
 * What kind of noise a clock has is not known, so the least of the five is taken: the interval
 * covers the true deviation at least as often as it says, whichever of them it is.
 */
final class AllanFreedom {

  private static final double TAIL = 0.025;

  private AllanFreedom() {}

  /**
   * The factors by which a deviation is multiplied for the ends of its 95 % confidence interval.
   *
   * @param low above zero, below 1
   * @param high above 1
   */
  record Factors(double low, double high) {}

  /**
   * Of a deviation.
   *
   * @param degrees of freedom, above zero
   */
  static Factors factors(double degrees) {
    ChiSquaredDistribution chiSquared = ChiSquaredDistribution.of(degrees);
    return new Factors(
        Math.sqrt(degrees / chiSquared.inverseSurvivalProbability(TAIL)),
        Math.sqrt(degrees / chiSquared.inverseCumulativeProbability(TAIL)));
  }

  /**
   * The least degrees of freedom that any of the five kinds of noise gives.
   *
   * @param offsets N, more than 2 m
   * @param steps m, of τ = m τ₀; at least 1
   */
  static double degrees(int offsets, int steps) {
    double n = offsets;
    double m = steps;
    double whitePhase = (n + 1) * (n - 2 * m) / (2 * (n - m));
    double flickerPhase =
        Math.exp(
            Math.sqrt(
                Math.log(Math.max(1, (n - 1) / (2 * m))) * Math.log((2 * m + 1) * (n - 1) / 4)));
    double whiteRate = (3 * (n - 1) / (2 * m) - 2 * (n - 2) / n) * (4 * m * m) / (4 * m * m + 5);
    double flickerRate =
        steps == 1 ? 2 * (n - 2) * (n - 2) / (2.3 * n - 4.9) : 5 * n * n / (4 * m * (n + 3 * m));
    double walkOfRate =
        (n - 2) / m * ((n - 1) * (n - 1) - 3 * m * (n - 1) + 4 * m * m) / ((n - 3) * (n - 3));
    double least =
        Math.min(
            Math.min(whitePhase, flickerPhase),
            Math.min(whiteRate, Math.min(flickerRate, walkOfRate)));
    // One difference is one degree of freedom, whatever an approximation makes of the smallest n.
    return Math.max(1, least);
  }
}

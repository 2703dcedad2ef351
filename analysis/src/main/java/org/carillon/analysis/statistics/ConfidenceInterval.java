package org.carillon.analysis.statistics;

import java.util.Optional;

/**
 * Where a percentile of what the values were drawn from lies with at least 95 % confidence, if they
 * were drawn independently of one another: between two of the values themselves.
 *
 * <p>How many of n values lie below the true percentile p is binomial with n and p, whatever the
 * distribution is. So the value at rank l lies above it with probability P(B &lt; l), and the value
 * at rank u below it with P(B ≥ u), and each is kept to 2.5 % (W. J. Conover, Practical
 * Nonparametric Statistics, 3rd edition, 1999, section 3.2; H. A. David and H. N. Nagaraja, Order
 * Statistics, 3rd edition, 2003, section 7.1).
 */
public record ConfidenceInterval(long lowNs, long highNs) {

  private static final double TAIL = 0.025;

  /** Beside the largest probability; all that is smaller sums to nothing that a double shows. */
  private static final double NEGLIGIBLE = 1e-25;

  /** Ranks of the sorted values, from 1. */
  record Ranks(long low, long high) {}

  /**
   * The ranks of the two values; empty where so few values give no such interval.
   *
   * @param n values, at least 1
   * @param perMille the percentile, between 0 and 1000
   */
  static Optional<Ranks> ranks(long n, int perMille) {
    double odds = perMille / (1000.0 - perMille);
    long mode = Math.min(n, (n + 1) * perMille / 1000);
    // Each probability follows from its neighbour; the largest counts 1 until their sum is known.
    double sum = 1;
    double weight = 1;
    for (long k = mode; k < n && weight > NEGLIGIBLE; k++) {
      weight *= ratio(n, k, odds);
      sum += weight;
    }
    weight = 1;
    long first = mode;
    while (first > 0 && weight > NEGLIGIBLE) {
      first--;
      weight /= ratio(n, first, odds);
      sum += weight;
    }
    long low = first;
    double atMost = 0;
    for (long k = first; k < n; k++) {
      atMost += weight / sum;
      if (atMost <= TAIL) {
        low = k + 1;
      }
      if (atMost >= 1 - TAIL) {
        return low == 0 ? Optional.empty() : Optional.of(new Ranks(low, k + 1));
      }
      weight *= ratio(n, k, odds);
    }
    return Optional.empty();
  }

  /** The probability of k + 1 of n, as a multiple of that of k. */
  private static double ratio(long n, long k, double odds) {
    return (double) (n - k) / (double) (k + 1) * odds;
  }
}

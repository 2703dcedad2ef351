package org.carillon.analysis.compare;

import java.util.Arrays;

/**
 * The median of some values and the interval in which 95 % of the medians of their bootstrap
 * resamples lie.
 *
 * <p>The percentile bootstrap (B. Efron, "Bootstrap methods: another look at the jackknife", Annals
 * of Statistics 7, 1979), without its random draws: of a median the distribution over all resamples
 * is known. The median of n values, by nearest rank the one at rank m = ⌈n/2⌉, is at most the kth
 * smallest if at least m of the n draws are, and each is so with the probability k/n (section 3
 * there).
 *
 * @param value the median by nearest rank; one of the values
 * @param low the 2.5th percentile of the resamples' medians
 * @param high the 97.5th
 */
record MedianInterval(double value, double low, double high) {

  /**
   * With fewer, not even the least and the greatest value hold the median between them with 95 %.
   */
  static final int FEWEST = 6;

  private static final double TAIL = 0.025;

  /** The median, by nearest rank, of at least one value. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return atRank(sorted, 0.5);
  }

  /** The value at rank ⌈share·n⌉ of sorted values. */
  static double atRank(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  /** Of at least {@link #FEWEST} values. */
  static MedianInterval of(double[] values) {
    if (values.length < FEWEST) {
      throw new IllegalArgumentException(values.length + " values are too few");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new MedianInterval(
        atRank(sorted, 0.5),
        sorted[rankReaching(TAIL, sorted.length) - 1],
        sorted[rankReaching(1 - TAIL, sorted.length) - 1]);
  }

  /** The least rank k whose value a resample's median does not exceed with this probability. */
  private static int rankReaching(double probability, int n) {
    int low = 1;
    int high = n;
    while (low < high) {
      int middle = (low + high) / 2;
      if (atLeast((n + 1) / 2, n, (double) middle / n) >= probability) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The probability of at least m successes in n draws, each of probability p. */
  static double atLeast(int m, int n, double p) {
    if (p >= 1) {
      return 1;
    }
    double logCoefficient = 0; // of n over i
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      if (i >= m) {
        sum += Math.exp(logCoefficient + i * Math.log(p) + (n - i) * Math.log1p(-p));
      }
      logCoefficient += Math.log((double) (n - i) / (i + 1));
    }
    return Math.min(1, sum);
  }
}

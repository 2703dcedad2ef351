package org.carillon.deploy.validate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a number goes with time: the median of the slopes between every two samples, which 29 % of
 * the samples may contradict without moving it far (H. Theil 1950), and the interval in which the
 * true slope lies with 95 % (P. K. Sen, "Estimates of the regression coefficient based on Kendall's
 * tau", Journal of the American Statistical Association 63, 1968, with his correction for ties).
 * The interval supposes that what is left of the samples besides the slope is independent of each
 * other.
 *
 * @param perSecond the slope
 * @param lowPerSecond the lower edge of the interval
 * @param highPerSecond the upper one
 * @param samples that it is made of
 * @param spanSeconds from the first to the last
 */
record Trend(
    double perSecond, double lowPerSecond, double highPerSecond, int samples, double spanSeconds) {

  /** With fewer, the interval is wider than any use. */
  static final int FEWEST = 8;

  /** Of the standard normal distribution: 95 % lie within so many standard deviations. */
  private static final double Z = 1.959963984540054;

  /** A sample: when, in seconds since any moment, and what. */
  record Sample(double timeSeconds, double value) {}

  /** Of at least {@link #FEWEST} samples at not all the same time. */
  static Optional<Trend> of(List<Sample> samples) {
    if (samples.size() < FEWEST) {
      return Optional.empty();
    }
    List<Double> between = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      for (int j = i + 1; j < samples.size(); j++) {
        double seconds = samples.get(j).timeSeconds() - samples.get(i).timeSeconds();
        if (seconds != 0) {
          between.add((samples.get(j).value() - samples.get(i).value()) / seconds);
        }
      }
    }
    if (between.isEmpty()) {
      return Optional.empty();
    }
    double[] slopes = between.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double width = Z * Math.sqrt(variance(samples));
    int low = Math.max(0, (int) Math.rint((slopes.length - width) / 2) - 1);
    int high = Math.min(slopes.length - 1, (int) Math.rint((slopes.length + width) / 2));
    double[] times = samples.stream().mapToDouble(Sample::timeSeconds).sorted().toArray();
    return Optional.of(
        new Trend(
            median(slopes),
            slopes[low],
            slopes[high],
            samples.size(),
            times[times.length - 1] - times[0]));
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Of Kendall's statistic (Sen's equation 2.6), less what ties take from it. */
  private static double variance(List<Sample> samples) {
    double n = samples.size();
    return (n * (n - 1) * (2 * n + 5)
            - ties(samples.stream().map(Sample::timeSeconds).toList())
            - ties(samples.stream().map(Sample::value).toList()))
        / 18;
  }

  private static double ties(Collection<Double> values) {
    Map<Double, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return counts.values().stream().mapToDouble(k -> (double) k * (k - 1) * (2.0 * k + 5)).sum();
  }

  /** Whether it provably grows. */
  boolean grows() {
    return lowPerSecond > 0;
  }

  /** After how many seconds a limit is reached at the earliest; only if it {@link #grows}. */
  double earliestSeconds(double now, double limit) {
    return Math.max(0, limit - now) / highPerSecond;
  }

  /** After how many seconds it is reached at the latest; only if it {@link #grows}. */
  double latestSeconds(double now, double limit) {
    return Math.max(0, limit - now) / lowPerSecond;
  }
}

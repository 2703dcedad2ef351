package org.carillon.analysis.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.carillon.analysis.compare.ChangePoints.ChangePoint;
import org.carillon.analysis.compare.Verdict.Answer;
import org.carillon.analysis.diagnosis.Quantity;

/**
 * What the runs say of one number.
 *
 * @param series the numbers, at least one
 * @param median over the runs, by nearest rank
 * @param interval the bootstrap interval of the median, where there are runs enough
 * @param between how far the runs lie apart, where there are runs enough
 * @param within the median width of the runs' own intervals, of those that have one
 * @param changes of level, in order
 * @param overall whether the level changed, over all runs
 * @param last of the last run against the earlier ones; none if the last run lacks the number
 */
record MetricResult(
    Series series,
    double median,
    Optional<MedianInterval> interval,
    Optional<Between> between,
    OptionalDouble within,
    List<ChangePoint> changes,
    Verdict overall,
    Optional<LastRun> last) {

  /** An interquartile range needs a value in each quarter. */
  private static final int FEWEST_FOR_QUARTILES = 4;

  /**
   * Spread between the runs.
   *
   * @param iqr 75th less 25th percentile, by nearest rank
   * @param mad median distance from the median
   */
  record Between(double iqr, double mad) {}

  /**
   * The last run and those before it, back to the last change of level.
   *
   * @param value of the last run
   * @param earlierN how many of these have the number
   * @param earlierMedian their median, if there are any
   * @param expected where one more run may be expected after them, if they are enough
   * @param verdict whether the last differs from them
   */
  record LastRun(
      double value,
      int earlierN,
      OptionalDouble earlierMedian,
      Optional<NextRun> expected,
      Verdict verdict) {}

  /**
   * Works it all out.
   *
   * @param series of at least one point
   * @param runs how many runs there are in all
   * @param tolerance a difference up to this share of the median is none
   * @param seed of what is random
   */
  static MetricResult of(Series series, int runs, double tolerance, long seed) {
    double[] values = series.values();
    double median = MedianInterval.median(values);
    Optional<MedianInterval> interval =
        values.length < MedianInterval.FEWEST
            ? Optional.empty()
            : Optional.of(MedianInterval.of(values));
    List<ChangePoint> changes = ChangePoints.of(values, seed);
    double[] widths =
        series.points().stream()
            .flatMap(point -> point.own().stream())
            .mapToDouble(own -> own.high().subtract(own.low()).doubleValue())
            .toArray();
    boolean lastHasIt = series.points().getLast().run() == runs - 1;
    return new MetricResult(
        series,
        median,
        interval,
        between(values, median),
        widths.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(MedianInterval.median(widths)),
        changes,
        overall(series.metric(), values.length, interval, changes, tolerance),
        lastHasIt && runs > 1
            ? Optional.of(last(series.metric(), values, changes, tolerance))
            : Optional.empty());
  }

  private static Optional<Between> between(double[] values, double median) {
    if (values.length < FEWEST_FOR_QUARTILES) {
      return Optional.empty();
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] distances = Arrays.stream(values).map(value -> Math.abs(value - median)).toArray();
    return Optional.of(
        new Between(
            MedianInterval.atRank(sorted, 0.75) - MedianInterval.atRank(sorted, 0.25),
            MedianInterval.median(distances)));
  }

  private static Verdict overall(
      Metric metric,
      int n,
      Optional<MedianInterval> interval,
      List<ChangePoint> changes,
      double tolerance) {
    if (n < ChangePoints.FEWEST || interval.isEmpty()) {
      return new Verdict(
          Answer.CANNOT_BE_TOLD,
          "from " + Quantity.count(n, "run") + "; it takes " + ChangePoints.FEWEST);
    }
    List<ChangePoint> large =
        changes.stream()
            .filter(it -> Math.abs(it.after() - it.before()) > tolerance * Math.abs(it.before()))
            .toList();
    if (!large.isEmpty()) {
      ChangePoint change = large.getLast();
      return new Verdict(
          Answer.CHANGED,
          (large.size() == 1 ? "from " : Quantity.count(large.size()) + " times, last from ")
              + metric.told(change.before())
              + " to "
              + metric.told(change.after()));
    }
    MedianInterval known = interval.get();
    double reach = Math.max(known.high() - known.value(), known.value() - known.low());
    return reach <= tolerance * Math.abs(known.value())
        ? new Verdict(
            Answer.DID_NOT_CHANGE,
            "the median of " + Quantity.count(n, "run") + " is known within " + share(tolerance))
        : new Verdict(
            Answer.CANNOT_BE_TOLD,
            "from "
                + Quantity.count(n, "run")
                + ", whose median is not known within "
                + share(tolerance));
  }

  private static LastRun last(
      Metric metric, double[] values, List<ChangePoint> changes, double tolerance) {
    double value = values[values.length - 1];
    int from = changes.isEmpty() ? 0 : changes.getLast().index();
    double[] earlier = Arrays.copyOfRange(values, from, values.length - 1);
    OptionalDouble median =
        earlier.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(MedianInterval.median(earlier));
    if (earlier.length < NextRun.FEWEST) {
      return new LastRun(
          value,
          earlier.length,
          median,
          Optional.empty(),
          new Verdict(
              Answer.CANNOT_BE_TOLD,
              "from "
                  + Quantity.count(earlier.length, "earlier run")
                  + "; it takes "
                  + NextRun.FEWEST));
    }
    NextRun expected = NextRun.after(earlier);
    double allowed = tolerance * Math.abs(median.getAsDouble());
    // The difference of the last run from the earlier ones lies between these two.
    double least = value - expected.high();
    double most = value - expected.low();
    String range =
        metric.told(value)
            + " where "
            + metric.told(expected.low())
            + " to "
            + metric.told(expected.high())
            + " may be expected";
    Verdict verdict;
    if (Math.abs(least) <= allowed && Math.abs(most) <= allowed) {
      verdict = new Verdict(Answer.DID_NOT_CHANGE, "by more than " + share(tolerance));
    } else if (least > 0 || most < 0) {
      verdict = new Verdict(Answer.CHANGED, range);
    } else {
      verdict =
          new Verdict(
              Answer.CANNOT_BE_TOLD,
              "from " + Quantity.count(earlier.length, "earlier run") + ": " + range);
    }
    return new LastRun(value, earlier.length, median, Optional.of(expected), verdict);
  }

  private static String share(double tolerance) {
    return "±" + new Metric("tolerance_rate").told(tolerance);
  }
}

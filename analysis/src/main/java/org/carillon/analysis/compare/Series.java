package org.carillon.analysis.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.condition.SummaryNumbers;

/**
 * One number of each run, in the order of the runs.
 *
 * @param metric which number
 * @param points of the runs that have it
 */
record Series(Metric metric, List<Point> points) {

  /**
   * The number of one run.
   *
   * @param run its place among all runs, from 0
   * @param value of the run
   * @param own the interval that the run itself gives for it, if any
   */
  record Point(int run, BigDecimal value, Optional<SummaryNumbers.Interval> own) {}

  Series {
    points = List.copyOf(points);
  }

  static Series of(Metric metric, List<ComparedRun> runs) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      int run = i;
      SummaryNumbers numbers = runs.get(i).numbers();
      numbers
          .find(metric.path())
          .number()
          .ifPresent(value -> points.add(new Point(run, value, numbers.interval(metric.path()))));
    }
    return new Series(metric, points);
  }

  int n() {
    return points.size();
  }

  /** The numbers, for statistics; a count or a time below 2⁵³ is exact. */
  double[] values() {
    return points.stream().mapToDouble(point -> point.value().doubleValue()).toArray();
  }
}

package org.carillon.analysis.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.carillon.analysis.condition.SummaryNumbers;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Clock;
import org.carillon.core.time.DurationText;

/**
 * A number of every run.
 *
 * @param path where it stands in summary.json
 */
record Metric(String path) {

  /** What sort of number it is. */
  enum Kind {
    /** In ns. */
    TIME,
    /** From 0 to 1. */
    SHARE,
    COUNT
  }

  private static final String CLOCK = "CLOCK";
  private static final String SIZE = "SIZE";

  /** What is compared unless somebody says otherwise; CLOCK and SIZE stand for all there are. */
  private static final List<String> USUAL =
      List.of(
          "events.loss_rate",
          "causality.CLOCK.violation_rate",
          "causality.CLOCK.ambiguous_rate",
          "ordering.CLOCK.ambiguous_rate",
          "cross_ordering.CLOCK.ambiguous_rate",
          "windows.SIZE.CLOCK.ambiguous_rate",
          "smallest_window.CLOCK.size_ns",
          "latency.CLOCK.p50_ns",
          "latency.CLOCK.p99_ns",
          "commit_wait.CLOCK.p50_ns",
          "commit_wait.CLOCK.p99_ns");

  private static final MathContext DIGITS = new MathContext(3);

  /** The usual metrics that at least one of the runs has. */
  static List<Metric> usual(Collection<SummaryNumbers> runs) {
    TreeMap<Long, String> sizes = new TreeMap<>();
    runs.forEach(run -> run.windows().forEach(size -> sizes.put(sizeNs(size), size)));
    TreeSet<String> paths = new TreeSet<>();
    runs.forEach(run -> paths.addAll(run.paths()));
    List<Metric> metrics = new ArrayList<>();
    for (String pattern : USUAL) {
      for (String size : pattern.contains(SIZE) ? sizes.values() : List.of("")) {
        for (Clock clock : pattern.contains(CLOCK) ? Clock.values() : new Clock[] {Clock.SYSTEM}) {
          String path = pattern.replace(CLOCK, clock.key()).replace(SIZE, size);
          if (paths.contains("totals." + path)) {
            metrics.add(new Metric(path));
          }
        }
      }
    }
    return metrics;
  }

  private static long sizeNs(String size) {
    try {
      return DurationText.parseNs(size);
    } catch (IllegalArgumentException e) {
      return Long.MAX_VALUE; // of no file of ours
    }
  }

  /** What sort of number it is, which its name tells. */
  Kind kind() {
    return path.endsWith("_ns") ? Kind.TIME : path.endsWith("_rate") ? Kind.SHARE : Kind.COUNT;
  }

  /** A value of it with three digits and its unit. */
  String told(double value) {
    return switch (kind()) {
      case TIME -> Quantity.duration(Math.round(value));
      case SHARE -> plain(value * 100) + " %";
      case COUNT -> plain(value);
    };
  }

  private static String plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal shown = exact.precision() - exact.scale() >= 3 ? whole(exact) : exact.round(DIGITS);
    String text = shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    return text.replace('-', '−');
  }

  private static BigDecimal whole(BigDecimal value) {
    return value.setScale(0, RoundingMode.HALF_EVEN);
  }
}

package org.carillon.analysis.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Rate;

/** Parts of rows that several tables share. */
final class Cells {

  /** Above the interval of a share. */
  static final String INTERVAL = "95 % interval";

  private Cells() {}

  /** The cells of a value. */
  interface Of<T> {
    List<String> of(T value);
  }

  /** A row for each clock and worker, or pair of them, that something is known of. */
  static <T> List<List<String>> rows(Map<Clock, PerNode<T>> byClock, Of<T> cells) {
    List<List<String>> rows = new ArrayList<>();
    byClock.forEach(
        (clock, perNode) ->
            perNode
                .known()
                .forEach(
                    (node, value) ->
                        rows.add(joined(List.of(clock.key(), pair(node)), cells.of(value)))));
    return rows;
  }

  /** A share in per cent. */
  static String share(Rate rate) {
    return Quantity.percent(rate.count(), rate.n());
  }

  /** What a share lies between with 95 % confidence. */
  static String interval(Rate rate) {
    return String.format(Locale.ROOT, "%.2f %% to %.2f %%", 100 * rate.low(), 100 * rate.high());
  }

  /** n and the percentiles in ms, in six columns. */
  static List<String> distribution(Distribution d) {
    return List.of(
        Quantity.count(d.n()),
        Quantity.milliseconds(d.p50Ns()),
        Quantity.milliseconds(d.p90Ns()),
        Quantity.milliseconds(d.p99Ns()),
        Quantity.milliseconds(d.p999Ns()),
        Quantity.milliseconds(d.maxNs()));
  }

  /** A duration in ms. */
  static String milliseconds(long ns) {
    return Quantity.milliseconds(OptionalLong.of(ns));
  }

  /** A number as it is. */
  static String decimal(BigDecimal number) {
    return number.toPlainString();
  }

  /** A node, or a pair of them as people write it. */
  static String pair(String key) {
    return key.replace(",", ", ");
  }

  /** The cells of both, one after the other. */
  static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}

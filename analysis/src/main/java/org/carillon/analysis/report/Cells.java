package org.carillon.analysis.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Distribution;

/** Parts of rows that several tables share. */
final class Cells {

  private Cells() {}

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

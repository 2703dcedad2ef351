package org.carillon.analysis.figure;

import java.math.BigDecimal;
import java.util.List;

/**
 * An axis on which equal distances are equal differences.
 *
 * @param unit the name of what its labels count
 * @param size how much one of that is
 * @param base the value that is labelled 0
 * @param low where the axis begins, in the unit
 * @param high where it ends; above low
 */
record LinearAxis(String unit, double size, double base, double low, double high) implements Axis {

  /** So many times as far from zero as from each other is far. */
  private static final double FAR = 1e4;

  /** Of numbers that are labelled as they are. */
  static LinearAxis of(double low, double high) {
    return new LinearAxis("", 1, 0, low, high);
  }

  /**
   * Of times in ns; it holds both, with a margin, and has the unit that suits them. Where they
   * differ little from each other but much from zero, they are labelled from a round time near
   * them.
   */
  static LinearAxis ofNs(long lowNs, long highNs) {
    double span = Math.max(1, (double) highNs - lowNs);
    double margin = span * 0.04;
    double base = 0;
    if (Math.max(Math.abs((double) lowNs), Math.abs((double) highNs)) > FAR * span) {
      double grain = Math.pow(10, Math.ceil(Math.log10(span)) + 1);
      base = Math.rint(lowNs / grain) * grain;
    }
    double from = lowNs - base - margin;
    double to = highNs - base + margin;
    double largest = Math.max(Math.abs(from), Math.abs(to));
    String unit = largest < 1e3 ? "ns" : largest < 1e6 ? "µs" : largest < 1e10 ? "ms" : "s";
    double unitNs = sizeNs(unit);
    return new LinearAxis(unit, unitNs, base, from / unitNs, to / unitNs);
  }

  /** Of the time since a run began, in ns. */
  static LinearAxis sinceStart(long endNs) {
    long end = Math.max(1, endNs);
    String unit =
        end < 2e3
            ? "ns"
            : end < 2e6
                ? "µs"
                : end < 2e9 ? "ms" : end <= 300e9 ? "s" : end <= 10_800e9 ? "min" : "h";
    return new LinearAxis(unit, sizeNs(unit), 0, 0, end / sizeNs(unit) * 1.005);
  }

  private static double sizeNs(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "µs" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "min" -> 60e9;
      default -> 3600e9;
    };
  }

  /** What is to be said of the labels, after a comma; nothing if they are the values. */
  String remark() {
    return base == 0
        ? ""
        : ", from " + Axis.plain(BigDecimal.valueOf(base).movePointLeft(9)) + " s on";
  }

  @Override
  public double at(double value) {
    return ((value - base) / size - low) / (high - low);
  }

  @Override
  public List<Tick> ticks(double most) {
    return Axis.round(low, high, most).stream()
        .map(n -> new Tick((n.doubleValue() - low) / (high - low), Axis.plain(n)))
        .toList();
  }
}

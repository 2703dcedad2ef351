package org.carillon.analysis.figure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis on which equal distances are equal ratios. Where values are zero or below, it is linear
 * around zero, up to a power of ten to either side, and logarithmic beyond; so every value has its
 * place. The linear part to either side is as long as a power of ten.
 *
 * @param labels how values are named
 * @param exponent of the power of ten up to which the axis is linear
 * @param low the value where it begins
 * @param high the value where it ends; above low
 */
record LogAxis(Labels labels, int exponent, double low, double high) implements Axis {

  /** How values are named. */
  enum Labels {
    /** Values in ns, each with a unit that suits it. */
    NS,
    /** Ratios in parts per billion, each with a unit that suits it. */
    PPB,
    /** Numbers as they are. */
    PLAIN
  }

  /** Below this ratio of the ends, round numbers are named rather than powers of ten. */
  private static final double NARROW = 6;

  private static final double NARROW_STEPS = 200;

  /** Powers of ten that are shown logarithmically at most, where values are zero, too. */
  private static final int MOST_DECADES = 6;

  /** And to either side where values are below zero. */
  private static final int MOST_SIGNED_DECADES = 4;

  /**
   * An axis that holds both values, with a margin.
   *
   * @param small what lies closer to zero than this may be shown in the linear part; above zero
   */
  static LogAxis of(Labels labels, double least, double greatest, double small) {
    if (least > 0) {
      double margin = Math.pow(10, Math.max(0.008, 0.03 * Math.log10(greatest / least)));
      double low = least / margin;
      return new LogAxis(labels, floorLog(low), low, greatest * margin);
    }
    double largest = Math.max(1e-300, Math.max(greatest, -least));
    int decades = least < 0 ? MOST_SIGNED_DECADES : MOST_DECADES;
    int exponent = Math.max(floorLog(small), floorLog(largest) - decades + 1);
    double linear = power(exponent);
    return new LogAxis(
        labels,
        exponent,
        least == 0 ? 0 : Math.min(least * 1.25, -0.25 * linear),
        Math.max(greatest * 1.25, 0.5 * linear));
  }

  private static int floorLog(double value) {
    int exponent = (int) Math.floor(Math.log10(value));
    return power(exponent) > value ? exponent - 1 : exponent;
  }

  private static double power(int exponent) {
    return BigDecimal.ONE.scaleByPowerOfTen(exponent).doubleValue();
  }

  /** Whether a part of it is linear. */
  boolean reachesZero() {
    return low < power(exponent);
  }

  /** Whether it shows values below zero. */
  boolean isSigned() {
    return low < 0;
  }

  /** Up to where it is linear to either side of zero. */
  double linearNs() {
    return power(exponent);
  }

  /** What is to be said of the linear part, after a comma; nothing if there is none. */
  String remark() {
    if (!reachesZero()) {
      return "";
    }
    String edge = label(BigDecimal.ONE.scaleByPowerOfTen(exponent));
    return low < 0 ? ", linear within ±" + edge : ", linear below " + edge;
  }

  /** In powers of ten; from −1 to 1 it is linear. */
  private double position(double value) {
    double linear = power(exponent);
    double size = Math.abs(value);
    return size <= linear ? value / linear : Math.signum(value) * (1 + Math.log10(size) - exponent);
  }

  @Override
  public double at(double value) {
    return (position(value) - position(low)) / (position(high) - position(low));
  }

  @Override
  public List<Tick> ticks(double most) {
    if (!reachesZero() && high / low < NARROW) {
      return Axis.round(low, high, Math.min(most, NARROW_STEPS)).stream()
          .map(n -> new Tick(at(n.doubleValue()), label(n)))
          .toList();
    }
    double decades = position(high) - position(low);
    boolean halves = !reachesZero() && decades * 3 <= most;
    int stride = Math.max(1, (int) Math.ceil(decades / most));
    List<Tick> ticks = new ArrayList<>();
    for (int i = (int) Math.floor(position(low)); i <= Math.ceil(position(high)); i++) {
      add(ticks, tick(i), i % stride == 0);
      if (stride <= 2 && i != 0) {
        for (int factor = 2; factor <= 9; factor++) {
          add(
              ticks,
              tick(i).multiply(BigDecimal.valueOf(factor)),
              halves && (factor == 2 || factor == 5));
        }
      }
    }
    return ticks;
  }

  private void add(List<Tick> ticks, BigDecimal value, boolean named) {
    double at = at(value.doubleValue());
    if (at >= -1e-9 && at <= 1 + 1e-9) {
      ticks.add(new Tick(at, named ? label(value) : ""));
    }
  }

  /** The value at a whole position. */
  private BigDecimal tick(int position) {
    return position == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(Integer.signum(position))
            .scaleByPowerOfTen(exponent + Math.abs(position) - 1);
  }

  private String label(BigDecimal value) {
    return switch (labels) {
      case NS -> ns(value);
      case PPB -> ppb(value);
      case PLAIN -> Axis.plain(value);
    };
  }

  private static String ppb(BigDecimal ppb) {
    double size = ppb.doubleValue();
    return size < 1e3
        ? Axis.plain(ppb) + " ppb"
        : size < 1e7
            ? Axis.plain(ppb.movePointLeft(3)) + " ppm"
            : Axis.plain(ppb.movePointLeft(7)) + " %";
  }

  /** A time in the unit that suits it. */
  private static String ns(BigDecimal ns) {
    double size = ns.abs().doubleValue();
    if (size == 0) {
      return "0";
    }
    if (size >= 1e14) {
      int exponent = ns.precision() - ns.scale() - 1;
      return Axis.plain(ns.movePointLeft(exponent)) + "e" + (exponent - 9) + " s";
    }
    return size < 1e3
        ? Axis.plain(ns) + " ns"
        : size < 1e6
            ? Axis.plain(ns.movePointLeft(3)) + " µs"
            : size < 1e9
                ? Axis.plain(ns.movePointLeft(6)) + " ms"
                : Axis.plain(ns.movePointLeft(9)) + " s";
  }
}

package org.carillon.ntp.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.carillon.core.time.DurationText;

/** How numbers of a clock are written for people. */
final class Amounts {

  private Amounts() {}

  /** Three digits, such as {@code 81.2us}. */
  static String duration(long ns) {
    return DurationText.rounded(Duration.ofNanos(ns));
  }

  /** A delay, which on a fast network can come out slightly negative. */
  static String delay(long ns) {
    return (ns < 0 ? "-" : "") + duration(Math.abs(ns));
  }

  /** Likewise, of what something is at most: rounded up, since it is proven. */
  static String atMost(long ns) {
    return exactly(Math.max(1, power(ns) / 100), ns, RoundingMode.CEILING);
  }

  /**
   * The best estimate and the edges of the interval, such as {@code +12.3us [-68.9us, +93.6us]}.
   * The edges are proven, so they are rounded outward.
   */
  static String offset(OffsetBounds offset) {
    return signed(offset, offset.bestNs(), RoundingMode.HALF_UP)
        + " ["
        + signed(offset, offset.lowestNs(), RoundingMode.FLOOR)
        + ", "
        + signed(offset, offset.highestNs(), RoundingMode.CEILING)
        + "]";
  }

  /** The farthest that an offset can be from zero, with the digits of its edges. */
  static String atMost(OffsetBounds offset) {
    long ns = offset.atMostNs();
    return exactly(grainNs(offset, ns), ns, RoundingMode.UP);
  }

  /** The least that an offset is from zero, with the digits of its edges. */
  static String atLeast(OffsetBounds offset) {
    long ns = offset.atLeastNs();
    return exactly(grainNs(offset, ns), ns, RoundingMode.DOWN);
  }

  /** Two digits of the bound are shown of an offset, or three of the offset if those say more. */
  private static long grainNs(OffsetBounds offset, long ns) {
    return Math.max(1, Math.min(power(offset.halfWidthNs()) / 10, power(Math.abs(ns)) / 100));
  }

  private static String signed(OffsetBounds offset, long ns, RoundingMode mode) {
    String text = exactly(grainNs(offset, ns), ns, mode);
    return text.startsWith("-") ? text : "+" + text;
  }

  /** The largest power of ten that a number is not below; 1 for 0. */
  private static long power(long number) {
    long power = 1;
    while (number / 10 >= power) {
      power *= 10;
    }
    return power;
  }

  private static String exactly(long grainNs, long ns, RoundingMode mode) {
    BigDecimal grain = BigDecimal.valueOf(grainNs);
    BigDecimal rounded = BigDecimal.valueOf(ns).divide(grain, 0, mode).multiply(grain);
    String unit = "ns";
    int decimals = 0;
    for (String larger : List.of("us", "ms", "s")) {
      if (rounded.abs().compareTo(BigDecimal.TEN.pow(decimals + 3)) >= 0) {
        unit = larger;
        decimals += 3;
      }
    }
    return rounded.movePointLeft(decimals).stripTrailingZeros().toPlainString() + unit;
  }

  /** Likewise, such as {@code +1.25 [-2.06, +4.56] ppm}. */
  static String drift(DriftBounds drift) {
    return signed(drift.bestPpm())
        + " ["
        + signed(drift.lowestPpm())
        + ", "
        + signed(drift.highestPpm())
        + "] ppm";
  }

  private static String signed(double ppm) {
    return (ppm < 0 ? "-" : "+") + number(Math.abs(ppm));
  }

  /** Such as {@code 50 ppm}. */
  static String ppm(double ppm) {
    return number(ppm) + " ppm";
  }

  /** Three digits and no more, of a number ≥ 0. */
  private static String number(double value) {
    int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return digits == 0 ? text : text.replaceAll("\\.?0+$", "");
  }
}

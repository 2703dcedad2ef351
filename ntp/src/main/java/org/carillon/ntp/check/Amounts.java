package org.carillon.ntp.check;

import java.math.BigDecimal;
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

  /**
   * The best estimate and how far it can be off, such as {@code +12.3us ±81.2us}, or {@code
   * -251.99ms ±94.1us}: with as many digits as the error leaves a meaning.
   */
  static String offset(OffsetBounds offset) {
    long errorNs = offset.errorNs();
    long bestNs = Math.abs(offset.bestNs());
    // Two digits of the error are shown of the offset, or three of the offset if those say more.
    long grainNs = Math.min(power(errorNs) / 10, power(bestNs) / 100);
    return (offset.bestNs() < 0 ? "-" : "+")
        + exactly(Math.max(1, grainNs), bestNs)
        + " ±"
        + duration(errorNs);
  }

  /** The largest power of ten that a number is not below; 1 for 0. */
  private static long power(long number) {
    long power = 1;
    while (number / 10 >= power) {
      power *= 10;
    }
    return power;
  }

  private static String exactly(long grainNs, long ns) {
    long roundedNs = (ns + grainNs / 2) / grainNs * grainNs;
    String unit = "ns";
    int decimals = 0;
    for (String larger : List.of("us", "ms", "s")) {
      if (roundedNs >= BigDecimal.TEN.pow(decimals + 3).longValue()) {
        unit = larger;
        decimals += 3;
      }
    }
    return BigDecimal.valueOf(roundedNs, decimals).stripTrailingZeros().toPlainString() + unit;
  }

  /** Likewise, such as {@code +1.25 ±3.31 ppm}. */
  static String drift(DriftBounds drift) {
    return (drift.bestPpm() < 0 ? "-" : "+")
        + number(Math.abs(drift.bestPpm()))
        + " ±"
        + ppm(drift.errorPpm());
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

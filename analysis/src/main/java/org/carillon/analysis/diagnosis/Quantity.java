package org.carillon.analysis.diagnosis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalLong;
import org.carillon.core.time.DurationText;

/** Numbers as people read them. */
public final class Quantity {

  private Quantity() {}

  /** A count with separators: {@code 3,000}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count and what is counted: {@code 1 event}, {@code 3,000 events}. */
  public static String count(long count, String singular) {
    return count(count) + " " + singular + (count == 1 ? "" : "s");
  }

  /** A share with one decimal, which is 0 % only if nothing is, and 100 % only if everything is. */
  public static String percent(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    if (part == 0) {
      return "0 %";
    }
    if (part == whole) {
      return "100 %";
    }
    BigDecimal exact =
        BigDecimal.valueOf(part)
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_EVEN);
    BigDecimal rounded = exact.setScale(1, RoundingMode.HALF_EVEN);
    if (rounded.signum() == 0) {
      return "below 0.1 %";
    }
    if (rounded.compareTo(BigDecimal.valueOf(100)) == 0) {
      return "above 99.9 %";
    }
    return rounded.toPlainString() + " %";
  }

  /** A duration with three digits in a fitting unit: {@code 0.63 ms} is {@code 630 µs}. */
  public static String duration(long ns) {
    long magnitude = ns == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(ns);
    String sign = ns < 0 ? "−" : "";
    if (magnitude < 1_000) {
      return sign + magnitude + " ns";
    }
    if (magnitude < 100_000) {
      return sign + scaled(magnitude, 3) + " µs";
    }
    if (magnitude < 1_000_000_000L) {
      return sign + scaled(magnitude, 6) + " ms";
    }
    if (magnitude < 120_000_000_000L) {
      return sign + scaled(magnitude, 9) + " s";
    }
    long seconds = Math.round(magnitude / 1e9);
    if (seconds < 7_200) {
      return sign + seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    return sign
        + seconds / 3_600
        + " h"
        + (seconds % 3_600 < 60 ? "" : " " + seconds % 3_600 / 60 + " min");
  }

  /** A duration without any rounding, for sizes that somebody chose: {@code 50 ms}. */
  public static String exact(long ns) {
    String text = DurationText.format(ns);
    int unit = text.length();
    while (Character.isLetter(text.charAt(unit - 1))) {
      unit--;
    }
    return text.substring(0, unit)
        + " "
        + switch (text.substring(unit)) {
          case "us" -> "µs";
          case "m" -> "min";
          case String same -> same;
        };
  }

  /** As {@link #duration(long)}, or a dash where there is none. */
  public static String duration(OptionalLong ns) {
    return ns.isPresent() ? duration(ns.getAsLong()) : "–";
  }

  /** Two durations in ns, the least and the most; one of them if they read the same. */
  public static String range(long least, long most) {
    String from = duration(least);
    String to = duration(most);
    return from.equals(to) ? from : from + " to " + to;
  }

  /** Milliseconds with three decimals, for tables; a dash where there is none. */
  public static String milliseconds(OptionalLong ns) {
    return ns.isPresent()
        ? BigDecimal.valueOf(ns.getAsLong(), 6)
            .setScale(3, RoundingMode.HALF_EVEN)
            .toPlainString()
            .replace('-', '−')
        : "–";
  }

  /** A rate in ppm with three decimals: {@code 12.340 ppm}. */
  public static String partsPerMillion(long ppb) {
    return BigDecimal.valueOf(ppb, 3).toPlainString().replace('-', '−') + " ppm";
  }

  private static String scaled(long ns, int digits) {
    BigDecimal value =
        BigDecimal.valueOf(ns, digits).round(new MathContext(3, RoundingMode.HALF_EVEN));
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    return plain.stripTrailingZeros().scale() < 0
        ? plain.setScale(0, RoundingMode.HALF_EVEN).toPlainString()
        : plain.stripTrailingZeros().toPlainString();
  }
}

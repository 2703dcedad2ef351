package org.carillon.deploy.validate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers for people. */
final class Numbers {

  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");

  private Numbers() {}

  /** Whole from 100 on, else three digits: {@code 1234}, {@code 12.3}, {@code 0.00123}. */
  static String text(double number) {
    if (Math.abs(number) >= 100) {
      return String.valueOf(Math.round(number));
    }
    BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(3, RoundingMode.HALF_UP));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** The greatest unit of which there is one, and three digits: {@code 38.3 GB}. */
  static String bytes(double bytes) {
    double number = bytes;
    int unit = 0;
    while (Math.abs(number) >= 999.5 && unit < UNITS.size() - 1) {
      number /= 1_000;
      unit++;
    }
    return text(number) + " " + UNITS.get(unit);
  }

  /** Whole, rounded down; what is beyond a limit is also shown to be. */
  static String percent(double percent, OptionalDouble limit) {
    double whole = Math.floor(percent);
    double tenths = Math.ceil(percent * 10) / 10;
    return limit.isPresent() && percent > limit.getAsDouble() && whole <= limit.getAsDouble()
        ? String.format(Locale.ROOT, "%.1f %%", tenths)
        : String.format(Locale.ROOT, "%.0f %%", whole);
  }
}

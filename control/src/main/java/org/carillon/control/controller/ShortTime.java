package org.carillon.control.controller;

import java.util.Locale;

/** Durations for sentences: {@code 41 µs}, {@code 1.5 ms}. */
public final class ShortTime {

  private ShortTime() {}

  /** With three digits at most, in the unit that leaves at least one before the point. */
  public static String text(long ns) {
    if (ns == 0) {
      return "0";
    }
    return ns < 1_000
        ? ns + " ns"
        : ns < 1_000_000
            ? digits(ns / 1e3) + " µs"
            : ns < 1_000_000_000 ? digits(ns / 1e6) + " ms" : digits(ns / 1e9) + " s";
  }

  /** The same with a minus before what is below 0. */
  public static String signed(long ns) {
    return ns < 0 ? "-" + text(-ns) : text(ns);
  }

  private static String digits(double value) {
    String text =
        String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}

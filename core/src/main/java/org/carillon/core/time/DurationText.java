package org.carillon.core.time;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 50ms}, {@code 1.5s}, {@code 3m}, {@code -2us}. */
public final class DurationText {

  private static final Pattern FORM =
      Pattern.compile("([+-]?\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h|d)");

  private static final Map<String, Long> UNIT_NS = new LinkedHashMap<>();

  static {
    UNIT_NS.put("d", 86_400_000_000_000L);
    UNIT_NS.put("h", 3_600_000_000_000L);
    UNIT_NS.put("m", 60_000_000_000L);
    UNIT_NS.put("s", 1_000_000_000L);
    UNIT_NS.put("ms", 1_000_000L);
    UNIT_NS.put("us", 1_000L);
    UNIT_NS.put("ns", 1L);
  }

  private DurationText() {}

  /**
   * The duration in nanoseconds, which may be negative. A bare {@code 0} needs no unit.
   *
   * @throws IllegalArgumentException if the text is no duration, finer than 1 ns or beyond 292
   *     years
   */
  public static long parseNs(String text) {
    if (text.equals("0")) {
      return 0;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration: write a number and a unit, such as 50ms, 30s or 3m");
    }
    String unit = matcher.group(2).equals("µs") ? "us" : matcher.group(2);
    try {
      return new BigDecimal(matcher.group(1))
          .multiply(BigDecimal.valueOf(UNIT_NS.get(unit)))
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is finer than a nanosecond or longer than 292 years", e);
    }
  }

  /** As {@link #parseNs}, for durations that must not be negative. */
  public static Duration parse(String text) {
    long ns = parseNs(text);
    if (ns < 0) {
      throw new IllegalArgumentException("'" + text + "' must not be negative");
    }
    return Duration.ofNanos(ns);
  }

  /** The shortest text without a fraction that {@link #parseNs} reads back as the same value. */
  public static String format(long ns) {
    if (ns == 0) {
      return "0s";
    }
    for (Map.Entry<String, Long> unit : UNIT_NS.entrySet()) {
      if (ns % unit.getValue() == 0) {
        return ns / unit.getValue() + unit.getKey();
      }
    }
    throw new AssertionError("every number is a multiple of 1 ns");
  }

  /** As {@link #format(long)}. */
  public static String format(Duration duration) {
    return format(duration.toNanos());
  }
}

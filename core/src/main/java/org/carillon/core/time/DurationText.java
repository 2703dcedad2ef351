package org.carillon.core.time;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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

  /**
   * For people, of a duration ≥ 0 that was computed: three digits below 10 s, whole seconds above,
   * and no more than two units, such as {@code 12.3ms}, {@code 8s}, {@code 2m56s}, {@code 3h1m}.
   */
  public static String rounded(Duration duration) {
    long ns = duration.toNanos();
    if (ns < 10 * UNIT_NS.get("s")) {
      return fraction(ns);
    }
    long seconds = (ns + UNIT_NS.get("s") / 2) / UNIT_NS.get("s");
    if (seconds < 60) {
      return seconds + "s";
    }
    long minutes = seconds < 3_600 ? seconds / 60 : (seconds + 30) / 60;
    return minutes < 60
        ? pair(minutes, "m", seconds % 60, "s")
        : minutes < 24 * 60
            ? pair(minutes / 60, "h", minutes % 60, "m")
            : pair((minutes + 30) / 60 / 24, "d", (minutes + 30) / 60 % 24, "h");
  }

  /** As {@link #rounded}, of a duration of any sign, which is always shown: {@code +12.3us}. */
  public static String signed(long ns) {
    return (ns < 0 ? "-" : "+") + rounded(Duration.ofNanos(Math.abs(ns)));
  }

  private static String fraction(long ns) {
    BigDecimal rounded = BigDecimal.valueOf(ns).round(new MathContext(3, RoundingMode.HALF_UP));
    for (String unit : List.of("s", "ms", "us")) {
      BigDecimal number = rounded.divide(BigDecimal.valueOf(UNIT_NS.get(unit)));
      if (number.compareTo(BigDecimal.ONE) >= 0) {
        return number.stripTrailingZeros().toPlainString() + unit;
      }
    }
    return ns == 0 ? "0s" : ns + "ns";
  }

  private static String pair(long larger, String largerUnit, long smaller, String smallerUnit) {
    return larger + largerUnit + (smaller == 0 ? "" : smaller + smallerUnit);
  }

  /** As {@link #format(long)}. */
  public static String format(Duration duration) {
    return format(duration.toNanos());
  }
}

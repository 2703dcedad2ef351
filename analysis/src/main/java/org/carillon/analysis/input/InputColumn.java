package org.carillon.analysis.input;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.carillon.core.record.Column;

/**
 * A column of a CSV file and how its cells become values: text, or whole numbers, times and
 * durations as {@code long} ns.
 *
 * @param name as in the file's header
 * @param storedName the same with the unit that is stored: {@code ntp_offset_ms} becomes {@code
 *     ntp_offset_ns}
 * @param kind what its cells hold
 * @param required whether a row without it is of no use
 */
public record InputColumn(String name, String storedName, Kind kind, boolean required) {

  /** What a cell holds in the file. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** A 64-bit integer without a unit. */
    NUMBER,
    /** Whole nanoseconds, within ±2^62: differences of two such times always fit in 64 bits. */
    NANOSECONDS,
    /** Decimal milliseconds, kept as whole nanoseconds. */
    MILLISECONDS,
    /** Decimal seconds, kept as whole nanoseconds. */
    SECONDS
  }

  /** Times from the year 1823 to 2116. */
  public static final long MAX_NS = 1L << 62;

  /** Three years: an uncertainty beyond it is no measurement, and six times it still fits. */
  static final long MAX_UNCERTAINTY_NS = 100_000_000_000_000_000L;

  static final int MAX_DECIMAL_LENGTH = 64;

  /** The reader's side of a column that a writer declares. */
  public static InputColumn of(Column column) {
    String name = column.name();
    return switch (column.type()) {
      case TEXT -> new InputColumn(name, name, Kind.TEXT, column.required());
      case INTEGER ->
          new InputColumn(
              name, name, name.endsWith("_ns") ? Kind.NANOSECONDS : Kind.NUMBER, column.required());
      case DECIMAL -> decimal(name, column.required());
    };
  }

  private static InputColumn decimal(String name, boolean required) {
    if (name.endsWith("_ms")) {
      return new InputColumn(name, inNanoseconds(name, "_ms"), Kind.MILLISECONDS, required);
    }
    if (name.endsWith("_s")) {
      return new InputColumn(name, inNanoseconds(name, "_s"), Kind.SECONDS, required);
    }
    throw new IllegalArgumentException("a decimal column without a unit of time: " + name);
  }

  private static String inNanoseconds(String name, String unit) {
    return name.substring(0, name.length() - unit.length()) + "_ns";
  }

  /**
   * The value of a cell that is not empty, in the unit that is stored.
   *
   * @throws IllegalArgumentException with the reason, as the end of a sentence that begins with the
   *     cell's place
   */
  public long parse(String cell) {
    String text = ascii(cell.strip());
    long value =
        switch (kind) {
          case TEXT -> throw new IllegalStateException(name + " holds text");
          case NUMBER -> wholeNumber(text);
          case NANOSECONDS -> inRange(text, wholeNumber(text));
          case MILLISECONDS -> decimalNs(text, 6);
          case SECONDS -> decimalNs(text, 9);
        };
    return measured(text, value);
  }

  /**
   * A value in the unit that is stored, which did not come as text.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  long checked(long value) {
    boolean isTime = kind != Kind.NUMBER;
    if (isTime && (value >= MAX_NS || value <= -MAX_NS) || !isFit(value)) {
      String text = Long.toString(value);
      return measured(text, isTime ? inRange(text, value) : value);
    }
    return value;
  }

  /** Digits of other scripts, which Java would read, were never written by a recorder. */
  private String ascii(String text) {
    if (text.chars().anyMatch(c -> c > 0x7F)) {
      boolean isWhole = kind == Kind.NUMBER || kind == Kind.NANOSECONDS;
      throw new IllegalArgumentException(
          shown(text) + (isWhole ? " is not a whole number" : " is not a decimal number"));
    }
    return text;
  }

  private long measured(String text, long value) {
    if (!isFit(value)) {
      throw new IllegalArgumentException(
          shown(text) + " is no uncertainty (from zero to three years)");
    }
    return value;
  }

  private boolean isFit(long value) {
    return !name.contains("uncertainty") || value >= 0 && value <= MAX_UNCERTAINTY_NS;
  }

  private static long wholeNumber(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      if (text.matches("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?")) {
        throw new IllegalArgumentException(
            text.matches("[+-]?\\d+")
                ? shown(text) + " does not fit in 64 bits"
                : shown(text) + " is not a whole number (written as a decimal, it lost digits)",
            e);
      }
      throw new IllegalArgumentException(shown(text) + " is not a whole number", e);
    }
  }

  private static long inRange(String text, long ns) {
    if (ns >= MAX_NS || ns <= -MAX_NS) {
      throw new IllegalArgumentException(
          shown(text) + " is no time between the years 1823 and 2116 in ns since 1970");
    }
    return ns;
  }

  private static long decimalNs(String text, int digits) {
    try {
      if (text.length() > MAX_DECIMAL_LENGTH) {
        throw new NumberFormatException("too long");
      }
      BigDecimal value = new BigDecimal(text);
      // A tiny value such as 1e-999999 must not be expanded into a million digits.
      if (value.precision() - value.scale() < -20) {
        return 0;
      }
      if (value.precision() - value.scale() > 20) {
        throw new IllegalArgumentException(shown(text) + " is out of range");
      }
      return inRange(
          text, value.movePointRight(digits).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(shown(text) + " is not a decimal number", e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(shown(text) + " is out of range", e);
    }
  }

  private static String shown(String text) {
    String shortened = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    return "'" + shortened.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}

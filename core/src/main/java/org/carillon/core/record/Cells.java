package org.carillon.core.record;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What values look like in a cell: exact, and the same in every locale. */
final class Cells {

  static final long NS_PER_S = 1_000_000_000L;

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Cells() {}

  /** Nanoseconds as seconds, without needless zeros. */
  static String seconds(long ns) {
    return BigDecimal.valueOf(ns, 9).stripTrailingZeros().toPlainString();
  }

  /** A UTC time in the form of the Python toolkit: 2025-10-25 17:01:11. */
  static String utcSecond(long epochSecond) {
    return SECOND.format(Instant.ofEpochSecond(epochSecond));
  }

  /** The number, or an empty cell. */
  static Object orEmpty(OptionalLong value) {
    return value.isPresent() ? (Object) value.getAsLong() : null;
  }

  /** The number, or an empty cell. */
  static Object orEmpty(OptionalInt value) {
    return value.isPresent() ? (Object) value.getAsInt() : null;
  }
}

package org.carillon.core.keys;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 64B}, {@code 1.5KiB}, {@code 64MiB}, {@code 2GB}. */
public final class SizeText {

  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s?([kKMGT]i?B|B)");

  private static final Map<String, Long> UNIT_BYTES = new LinkedHashMap<>();

  static {
    UNIT_BYTES.put("TiB", 1L << 40);
    UNIT_BYTES.put("GiB", 1L << 30);
    UNIT_BYTES.put("MiB", 1L << 20);
    UNIT_BYTES.put("KiB", 1L << 10);
    UNIT_BYTES.put("B", 1L);
    UNIT_BYTES.put("kB", 1_000L);
    UNIT_BYTES.put("KB", 1_000L);
    UNIT_BYTES.put("MB", 1_000_000L);
    UNIT_BYTES.put("GB", 1_000_000_000L);
    UNIT_BYTES.put("TB", 1_000_000_000_000L);
  }

  private SizeText() {}

  /**
   * The size in bytes, never negative. A bare {@code 0} needs no unit.
   *
   * @throws IllegalArgumentException if the text is no size, or no whole number of bytes
   */
  public static long parseBytes(String text) {
    if (text.equals("0")) {
      return 0;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !UNIT_BYTES.containsKey(matcher.group(2))) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size: write a number and a unit, such as 64B, 4KiB or 64MiB");
    }
    try {
      return new BigDecimal(matcher.group(1))
          .multiply(BigDecimal.valueOf(UNIT_BYTES.get(matcher.group(2))))
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no whole number of bytes below 8 EiB", e);
    }
  }

  /** The shortest text in binary units that {@link #parseBytes} reads back as the same value. */
  public static String format(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    for (Map.Entry<String, Long> unit : UNIT_BYTES.entrySet()) {
      if (bytes % unit.getValue() == 0) {
        return bytes / unit.getValue() + unit.getKey();
      }
    }
    throw new AssertionError("every size is a multiple of 1 B");
  }
}

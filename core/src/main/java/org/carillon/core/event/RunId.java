package org.carillon.core.event;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The 64-bit number of a run, as people and files write it. */
public final class RunId {

  private static final Pattern SIXTEEN_HEX_DIGITS = Pattern.compile("[0-9a-fA-F]{16}");
  private static final Pattern PREFIXED_HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}");
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private RunId() {}

  /** A number that no other run has. */
  public static long random() {
    return new SecureRandom().nextLong();
  }

  /** The usual form: sixteen hexadecimal digits. */
  public static String format(long runId) {
    return HexFormat.of().toHexDigits(runId);
  }

  /**
   * Reads sixteen hexadecimal digits, fewer after 0x, or a decimal number of 64 bits with or
   * without a sign.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static long parse(String text) {
    if (SIXTEEN_HEX_DIGITS.matcher(text).matches()) {
      return Long.parseUnsignedLong(text, 16);
    }
    if (PREFIXED_HEX.matcher(text).matches()) {
      return Long.parseUnsignedLong(text.substring(2), 16);
    }
    if (DECIMAL.matcher(text).matches()) {
      BigInteger number = new BigInteger(text);
      if (number.compareTo(MIN) >= 0 && number.compareTo(MAX) <= 0) {
        return number.longValue();
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a run id: write 16 hexadecimal digits, 0x and up to 16 of them, or a"
            + " decimal number of 64 bits");
  }
}

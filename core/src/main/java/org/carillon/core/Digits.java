package org.carillon.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes numbers as decimal digits into bytes, without making objects: what {@link Long#toString()}
 * and {@link java.math.BigDecimal#toPlainString()} say. Eight digits are made at a time, in the
 * eight bytes of one long, so a timestamp of nineteen takes two divisions and three stores.
 */
public final class Digits {

  /**
   * The longest number and its sign; beyond the end of a shorter one bytes may be overwritten, but
   * never more than this from where it begins.
   */
  public static final int ROOM_BYTES = 24;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int HUNDRED_MILLION = 100_000_000;
  private static final int MILLION = 1_000_000;

  /** The digit 0 in each of eight bytes. */
  private static final long ZEROS = 0x3030_3030_3030_3030L;

  private Digits() {}

  /**
   * Writes a number.
   *
   * @param at where it is to begin; {@link #ROOM_BYTES} from there are needed
   * @return where it ends
   */
  public static int put(long value, byte[] into, int at) {
    int begin = sign(value, into, at);
    // Quotient and remainder are never the smallest long, which has no absolute value.
    return magnitude(
        Math.abs(value / HUNDRED_MILLION), (int) Math.abs(value % HUNDRED_MILLION), into, begin);
  }

  /** Writes nanoseconds as milliseconds, with a point and six digits; otherwise as {@link #put}. */
  public static int putMilliseconds(long ns, byte[] into, int at) {
    int begin = sign(ns, into, at);
    long wholeMs = Math.abs(ns / MILLION);
    int point =
        magnitude(wholeMs / HUNDRED_MILLION, (int) (wholeMs % HUNDRED_MILLION), into, begin);
    into[point] = '.';
    long digits = digits((int) Math.abs(ns % MILLION) * (HUNDRED_MILLION / MILLION));
    EIGHT_BYTES.set(into, point + 1, digits | ZEROS);
    return point + 1 + 6;
  }

  private static int sign(long value, byte[] into, int at) {
    into[at] = '-';
    return value < 0 ? at + 1 : at;
  }

  private static int magnitude(long high, int low, byte[] into, int at) {
    if (high == 0) {
      return leading(low, into, at);
    }
    int end;
    if (high < HUNDRED_MILLION) {
      end = leading((int) high, into, at);
    } else {
      end = leading((int) (high / HUNDRED_MILLION), into, at);
      EIGHT_BYTES.set(into, end, digits((int) (high % HUNDRED_MILLION)) | ZEROS);
      end += Long.BYTES;
    }
    EIGHT_BYTES.set(into, end, digits(low) | ZEROS);
    return end + Long.BYTES;
  }

  /** Writes a number below a hundred million without leading zeros. */
  private static int leading(int value, byte[] into, int at) {
    long digits = digits(value);
    // The first digit stands in the lowest byte. The last one stays, be it a zero.
    int zeros = Math.min(Long.numberOfTrailingZeros(digits) >> 3, Long.BYTES - 1);
    EIGHT_BYTES.set(into, at, (digits | ZEROS) >>> (zeros << 3));
    return at + Long.BYTES - zeros;
  }

  /**
   * Splits a number below a hundred million in two of four digits, these in two of two, and these
   * in single ones, each time all of them in one multiplication. The reciprocals are exact for the
   * few digits that they are used for: 10486 / 2²⁰ is a hundredth for four, 103 / 2¹⁰ a tenth for
   * two.
   */
  private static long digits(int value) {
    long fours = value / 10_000 | (long) (value % 10_000) << 32;
    long hundreds = fours * 10_486 >>> 20 & 0x7F_0000_007FL;
    long twos = hundreds | fours - 100 * hundreds << 16;
    long tens = twos * 103 >>> 10 & 0x000F_000F_000F_000FL;
    return tens | twos - 10 * tens << 8;
  }
}

package org.carillon.ntp.wire;

/**
 * Converts NTP's 32-bit short format (RFC 5905 §6: 16 bits of seconds, 16 bits of fraction,
 * unsigned, 15.3 µs a unit) to and from nanoseconds. It carries root delay and root dispersion,
 * which are error bounds: both directions round up.
 */
public final class NtpShort {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long UNITS_MAX = 0xFFFF_FFFFL;

  private NtpShort() {}

  /** The smallest whole number of ns that is not below the value: 0 to 65,536 s. */
  public static long toNs(int units) {
    return (Integer.toUnsignedLong(units) * SECOND_NS + 0xFFFF) >>> 16;
  }

  /**
   * The smallest value that is not below {@code ns}, or the largest there is.
   *
   * @param ns ≥ 0
   */
  public static int fromNs(long ns) {
    if (ns < 0) {
      throw new IllegalArgumentException("an error bound is never negative: " + ns);
    }
    long seconds = ns / SECOND_NS;
    long units =
        seconds >= 1 << 16
            ? UNITS_MAX
            : (seconds << 16) + (((ns % SECOND_NS << 16) + SECOND_NS - 1) / SECOND_NS);
    return (int) Math.min(units, UNITS_MAX);
  }
}

package org.carillon.ntp.wire;

/**
 * Converts between NTP's 64-bit timestamp format (RFC 5905 §6: seconds since 1900 modulo 2³², and a
 * fraction of 2⁻³² s ≈ 0.233 ns) and nanoseconds since the Unix epoch.
 *
 * <p>Both directions round to the nearest unit, so a nanosecond that travels as an NTP timestamp
 * comes back unchanged; the way there is off by at most 0.117 ns, the way back by at most 0.5 ns.
 */
public final class NtpTimestamp {

  /** The special value for "unknown" (RFC 5905 §6). */
  public static final long UNKNOWN = 0;

  private static final long SECOND_NS = 1_000_000_000L;

  /** 1900-01-01 to 1970-01-01: 70 years, 17 of them leap years. */
  private static final long UNIX_EPOCH_S = (70L * 365 + 17) * 86_400;

  private static final long ERA_S = 1L << 32;

  private NtpTimestamp() {}

  /** The timestamp of a moment, of whatever era. */
  public static long fromUnixNs(long unixNs) {
    long seconds = Math.floorDiv(unixNs, SECOND_NS) + UNIX_EPOCH_S;
    long subsecondNs = Math.floorMod(unixNs, SECOND_NS);
    // Below 10⁹·2³² < 2⁶², so nothing overflows. The largest fraction, of 999,999,999 ns, stays
    // below 2³²: no carry.
    long fraction = ((subsecondNs << 32) + SECOND_NS / 2) / SECOND_NS;
    return seconds << 32 | fraction;
  }

  /**
   * The moment of a timestamp. A timestamp repeats every 2³² s (136 years); the era chosen is the
   * one that puts it nearest to a moment known to within 68 years (RFC 5905 §6).
   *
   * @param ntp a timestamp other than {@link #UNKNOWN}
   * @param nearUnixNs any moment within 68 years of it, such as the local clock's
   */
  public static long toUnixNs(long ntp, long nearUnixNs) {
    long nearSeconds = Math.floorDiv(nearUnixNs, SECOND_NS) + UNIX_EPOCH_S;
    // The difference modulo 2³², taken as a signed number, is the shortest way to the other time.
    int ahead = (int) ((ntp >>> 32) - nearSeconds);
    long seconds = nearSeconds + ahead - UNIX_EPOCH_S;
    long fraction = ntp & (ERA_S - 1);
    long subsecondNs = (fraction * SECOND_NS + (1L << 31)) >>> 32;
    return seconds * SECOND_NS + subsecondNs;
  }
}

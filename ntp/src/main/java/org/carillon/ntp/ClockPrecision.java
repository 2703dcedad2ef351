package org.carillon.ntp;

import java.util.stream.LongStream;
import org.carillon.core.time.ClockSource;

/**
 * The precision of a clock: the time it takes to read it, or its resolution, whichever is larger
 * (RFC 5905 §7.3).
 *
 * @param log2Seconds its logarithm, as NTP packets carry it: −30 to −6
 */
public record ClockPrecision(int log2Seconds) {

  private static final int READS = 200;

  public ClockPrecision {
    if (log2Seconds < -30 || log2Seconds > -6) {
      throw new IllegalArgumentException("2^" + log2Seconds + " s is no clock's precision");
    }
  }

  /**
   * Measures it: the smallest step between two readings in a row. A clock that stands still shows
   * none; it is given the finest there is.
   */
  public static ClockPrecision measure(ClockSource clock) {
    long[] readsNs = LongStream.generate(clock::realtimeNs).limit(READS).toArray();
    long smallestNs = Long.MAX_VALUE;
    for (int i = 1; i < READS; i++) {
      long stepNs = readsNs[i] - readsNs[i - 1];
      if (stepNs > 0) {
        smallestNs = Math.min(smallestNs, stepNs);
      }
    }
    return smallestNs == Long.MAX_VALUE
        ? new ClockPrecision(-30)
        : new ClockPrecision(
            (int) Math.clamp(Math.ceil(Math.log(smallestNs * 1e-9) / Math.log(2)), -30, -6));
  }

  /** In ns, rounded up, ≥ 1. */
  public long ns() {
    return (long) Math.ceil(Math.scalb(1e9, log2Seconds));
  }
}

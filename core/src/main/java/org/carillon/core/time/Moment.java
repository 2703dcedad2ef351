package org.carillon.core.time;

/**
 * One moment on the scales of a node.
 *
 * @param realtimeNs on the machine's CLOCK_REALTIME, ns since the Unix epoch
 * @param localNs on the node's clock, ns since the Unix epoch
 * @param rawNs on the node's free-running counter, at the latest, ns since an arbitrary moment
 * @param rawUncertaintyNs how much earlier on that counter it may have been, ≥ 0
 */
public record Moment(long realtimeNs, long localNs, long rawNs, long rawUncertaintyNs) {

  /** Reading the counter twice and the clock in between takes less, if nothing comes in between. */
  private static final long WIDE_NS = 2_000;

  private static final int ATTEMPTS = 4;

  public Moment {
    if (rawUncertaintyNs < 0) {
      throw new IllegalArgumentException("an uncertainty is not negative: " + rawUncertaintyNs);
    }
  }

  /** This moment: the clock is read between two readings of the counter. */
  public static Moment now(ClockSource clock) {
    long beforeNs = clock.rawNs();
    long realtimeNs = clock.realtimeNs();
    long afterNs = clock.rawNs();
    for (int i = 1; i < ATTEMPTS && afterNs - beforeNs > WIDE_NS; i++) {
      long startNs = clock.rawNs();
      long betweenNs = clock.realtimeNs();
      long endNs = clock.rawNs();
      if (endNs - startNs < afterNs - beforeNs) {
        beforeNs = startNs;
        realtimeNs = betweenNs;
        afterNs = endNs;
      }
    }
    return new Moment(realtimeNs, clock.localNs(realtimeNs), afterNs, afterNs - beforeNs);
  }

  /** The earliest that it may have been on the counter. */
  public long earliestRawNs() {
    return rawNs - rawUncertaintyNs;
  }
}

package org.carillon.core.time;

/**
 * A {@link Moment} that is filled again and again, so that an event costs no garbage. It belongs to
 * one thread.
 */
public final class MomentBuffer {

  /** Reading the counter twice and the clock in between takes less, if nothing comes in between. */
  private static final long WIDE_NS = 2_000;

  private static final int ATTEMPTS = 4;

  private long realtimeNs;
  private long localNs;
  private long rawNs;
  private long rawUncertaintyNs;

  /** This moment, as {@link Moment#now} tells it. */
  public void readNow(ClockSource clock) {
    long beforeNs = clock.rawNs();
    realtimeNs = clock.realtimeNs();
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
    localNs = clock.localNs(realtimeNs);
    rawNs = afterNs;
    rawUncertaintyNs = afterNs - beforeNs;
  }

  void set(long realtimeNs, long localNs, long earliestRawNs, long latestRawNs) {
    this.realtimeNs = realtimeNs;
    this.localNs = localNs;
    this.rawNs = latestRawNs;
    this.rawUncertaintyNs = latestRawNs - earliestRawNs;
  }

  /** On the machine's CLOCK_REALTIME, ns since the Unix epoch. */
  public long realtimeNs() {
    return realtimeNs;
  }

  /** On the node's clock, ns since the Unix epoch. */
  public long localNs() {
    return localNs;
  }

  /** On the node's free-running counter, at the latest, ns since an arbitrary moment. */
  public long rawNs() {
    return rawNs;
  }

  /** How much earlier on that counter it may have been, ≥ 0. */
  public long rawUncertaintyNs() {
    return rawUncertaintyNs;
  }

  /** A copy to keep. */
  public Moment toMoment() {
    return new Moment(realtimeNs, localNs, rawNs, rawUncertaintyNs);
  }
}

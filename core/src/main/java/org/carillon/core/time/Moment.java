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

  public Moment {
    if (rawUncertaintyNs < 0) {
      throw new IllegalArgumentException("an uncertainty is not negative: " + rawUncertaintyNs);
    }
  }

  /** This moment: the clock is read between two readings of the counter. */
  public static Moment now(ClockSource clock) {
    MomentBuffer now = new MomentBuffer();
    now.readNow(clock);
    return now.toMoment();
  }

  /** The earliest that it may have been on the counter. */
  public long earliestRawNs() {
    return rawNs - rawUncertaintyNs;
  }
}

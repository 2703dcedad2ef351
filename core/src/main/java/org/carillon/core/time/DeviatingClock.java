package org.carillon.core.time;

/**
 * A clock made from another by adding an error that is known: local = underlying local +
 * deviation(realtime − epoch). The underlying realtime counts as true time. Only what the clock and
 * its counter show is wrong; waiting and the monotonic clock are those of the underlying one.
 */
public abstract class DeviatingClock extends ForwardingClock {

  private final long epochNs;
  private final long rawEpochNs;

  /**
   * @param base the clock whose realtime is true time
   * @param epochNs realtime from which the deviation counts, in ns since the Unix epoch
   */
  protected DeviatingClock(ClockSource base, long epochNs) {
    super(base);
    this.epochNs = epochNs;
    this.rawEpochNs = base.rawNs() - (base.realtimeNs() - epochNs);
  }

  /**
   * What is added to the underlying clock, in ns of any sign; a pure function, from any thread.
   *
   * @param elapsedNs since the epoch; negative before it
   */
  protected abstract long deviationNs(long elapsedNs);

  /**
   * The part of it that the oscillator is to blame for, and so the free-running counter has too: a
   * rate that is wrong, never an offset or a step.
   *
   * @param elapsedNs since the epoch; negative before it
   */
  protected abstract long rawDeviationNs(long elapsedNs);

  @Override
  public final long localNs(long realtimeNs) {
    return base().localNs(realtimeNs) + deviationNs(realtimeNs - epochNs);
  }

  @Override
  public final long rawNs() {
    long rawNs = base().rawNs();
    return rawNs + rawDeviationNs(rawNs - rawEpochNs);
  }

  @Override
  public final boolean knowsTrueTime() {
    return true;
  }
}

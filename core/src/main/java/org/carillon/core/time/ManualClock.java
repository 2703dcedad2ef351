package org.carillon.core.time;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves only when told to, and whose waits take no time: they move it. For simulations
 * and tests, where a day is a millisecond.
 */
public final class ManualClock implements ClockSource {

  private static final long RAW_START_NS = 86_400_000_000_000L;

  private final long startNs;
  private final AtomicLong realtimeNs;

  /**
   * @param startNs first reading, ns since the Unix epoch
   */
  public ManualClock(long startNs) {
    this.startNs = startNs;
    this.realtimeNs = new AtomicLong(startNs);
  }

  /** Moves the clock; it never goes back. */
  public void advance(long ns) {
    if (ns < 0) {
      throw new IllegalArgumentException("a manual clock goes forward only");
    }
    realtimeNs.addAndGet(ns);
  }

  @Override
  public long realtimeNs() {
    return realtimeNs.get();
  }

  @Override
  public long localNs(long realtimeNs) {
    return realtimeNs;
  }

  @Override
  public long monotonicNs() {
    return realtimeNs.get();
  }

  /** Starts far from realtime, so that nobody can take one for the other. */
  @Override
  public long rawNs() {
    return realtimeNs.get() - startNs + RAW_START_NS;
  }

  @Override
  public boolean rawIsFreeRunning() {
    return true;
  }

  @Override
  public long suspendedNs() {
    return 0;
  }

  @Override
  public boolean knowsTrueTime() {
    return true;
  }

  @Override
  public void sleepUntil(long deadlineNs) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    realtimeNs.accumulateAndGet(deadlineNs, Math::max);
  }

  @Override
  public void spinUntil(long deadlineNs) {
    realtimeNs.accumulateAndGet(deadlineNs, Math::max);
  }

  @Override
  public String specification() {
    return "manual";
  }
}

package org.carillon.core.time;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The machine's own clock, taken as it is. */
public final class SystemClock implements ClockSource {

  /** How this clock is named on the command line. */
  public static final String NAME = "system";

  @Override
  public long realtimeNs() {
    if (KernelCounters.OFFERED) {
      return KernelCounters.realtimeNs(); // The same as below, but it makes no object.
    }
    // Instant.now() has the resolution of clock_gettime on Linux; currentTimeMillis has not.
    Instant now = Instant.now();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }

  @Override
  public long localNs(long realtimeNs) {
    return realtimeNs;
  }

  @Override
  public long monotonicNs() {
    return System.nanoTime();
  }

  @Override
  public long rawNs() {
    return KernelCounters.OFFERED ? KernelCounters.rawNs() : System.nanoTime();
  }

  @Override
  public boolean rawIsFreeRunning() {
    return KernelCounters.OFFERED;
  }

  @Override
  public long suspendedNs() {
    return KernelCounters.OFFERED ? KernelCounters.suspendedNs() : 0;
  }

  @Override
  public boolean knowsTrueTime() {
    return false;
  }

  @Override
  public void sleepUntil(long deadlineNs) throws InterruptedException {
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long remainingNs = deadlineNs - monotonicNs();
      if (remainingNs <= 0) {
        return;
      }
      LockSupport.parkNanos(this, remainingNs);
    }
  }

  @Override
  public String specification() {
    return NAME;
  }
}

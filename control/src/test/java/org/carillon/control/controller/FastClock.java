package org.carillon.control.controller;

import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;

/** A clock whose monotonic time runs many times as fast, so that long deadlines come soon. */
record FastClock(int speed) implements ClockSource {

  private static final ClockSource SYSTEM = new SystemClock();

  @Override
  public long realtimeNs() {
    return SYSTEM.realtimeNs();
  }

  @Override
  public long localNs(long realtimeNs) {
    return realtimeNs;
  }

  @Override
  public long monotonicNs() {
    return SYSTEM.monotonicNs() * speed;
  }

  @Override
  public long rawNs() {
    return SYSTEM.rawNs();
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
    return false;
  }

  @Override
  public void sleepUntil(long deadlineNs) throws InterruptedException {
    SYSTEM.sleepUntil(deadlineNs / speed);
  }

  @Override
  public String specification() {
    return "system";
  }
}

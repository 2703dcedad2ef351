package org.carillon.control.controller;

import org.carillon.core.time.ForwardingClock;
import org.carillon.core.time.SystemClock;

/** A clock whose monotonic time runs many times as fast, so that long deadlines come soon. */
final class FastClock extends ForwardingClock {

  private final int speed;

  FastClock(int speed) {
    super(new SystemClock());
    this.speed = speed;
  }

  @Override
  public long monotonicNs() {
    return super.monotonicNs() * speed;
  }

  @Override
  public void sleepUntil(long deadlineNs) throws InterruptedException {
    super.sleepUntil(deadlineNs / speed);
  }
}

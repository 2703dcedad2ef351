package org.carillon.events.send;

import org.carillon.core.time.ClockSource;
import org.carillon.events.StopRequest;

/**
 * Waits for moments of the node's local clock, counted from a start.
 *
 * <p>Waiting follows the monotonic clock, so that a step of the machine's clock in mid-run neither
 * halts the events nor sends them in one burst. The frequency error of a simulated clock is
 * followed all the same: local time is derived from the realtime at the start plus the monotonic
 * time since.
 */
final class Pacer {

  /** How long a stop may go unnoticed. */
  private static final long SLICE_NS = 50_000_000;

  /** Longer waits are cut by 2 % and looked at again, so that a clock that drifts fast is met. */
  private static final long CUT_FROM_NS = 2_000_000;

  private final ClockSource clock;
  private final long startRealtimeNs;
  private final long startMonotonicNs;
  private final long startLocalNs;

  /** Starts counting now. */
  Pacer(ClockSource clock) {
    this.clock = clock;
    // In this order, what passes between the two reads makes events late rather than early.
    this.startRealtimeNs = clock.realtimeNs();
    this.startMonotonicNs = clock.monotonicNs();
    this.startLocalNs = clock.localNs(startRealtimeNs);
  }

  /** The local clock at the start, ns since the Unix epoch. */
  long startLocalNs() {
    return startLocalNs;
  }

  /** Time since the start in ns, on the local clock without its steps. */
  long elapsedNs() {
    return elapsedNs(clock.monotonicNs());
  }

  private long elapsedNs(long monotonicNs) {
    return clock.localNs(startRealtimeNs + (monotonicNs - startMonotonicNs)) - startLocalNs;
  }

  /**
   * Waits until the local clock is so far past the start; returns at once if it is.
   *
   * @return false if a stop is requested before
   * @throws InterruptedException if the thread is interrupted
   */
  boolean await(long offsetNs, StopRequest stop) throws InterruptedException {
    while (!stop.requested()) {
      long monotonicNs = clock.monotonicNs();
      long remainingNs = offsetNs - elapsedNs(monotonicNs);
      if (remainingNs <= 0) {
        return true;
      }
      long waitNs = Math.min(remainingNs, SLICE_NS);
      clock.sleepUntil(monotonicNs + waitNs - (waitNs >= CUT_FROM_NS ? waitNs / 50 : 0));
    }
    return false;
  }
}

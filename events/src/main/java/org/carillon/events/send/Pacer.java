package org.carillon.events.send;

import org.carillon.core.time.ClockSource;
import org.carillon.events.StopRequest;

/**
 * Waits for moments of the node's local clock, counted from a start. It gives the processor up
 * until shortly before the moment, and then keeps it: a thread that sleeps is woken too late.
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

  /**
   * So often the time is looked at while the processor is kept: what a look needs stays at hand.
   */
  private static final long LOOK_NS = 1_000;

  /** Being woken later than this before the moment leaves no time for anything else. */
  private static final long READY_NS = 30_000;

  private final ClockSource clock;
  private final long spinNs;
  private final Waiter waiter;
  private final long startRealtimeNs;
  private final long startMonotonicNs;
  private final long startLocalNs;
  private long lookedAtNs;

  /** Who waits. After a sleep, code and data are no longer in the processor's caches. */
  interface Waiter {

    /** Waits and does nothing else. */
    Waiter IDLE =
        new Waiter() {
          @Override
          public void look() {}

          @Override
          public void awake() {}
        };

    /** Is called immediately before each look at the time, so also before the last one. */
    void look();

    /** A sleep is over and the moment still to come: time for some µs of preparation. */
    void awake();
  }

  /** Starts counting now; never keeps the processor. */
  Pacer(ClockSource clock) {
    this(clock, 0, Waiter.IDLE);
  }

  /**
   * Starts counting now.
   *
   * @param spinNs so long before a moment the processor is kept
   */
  Pacer(ClockSource clock, long spinNs, Waiter waiter) {
    this.clock = clock;
    this.spinNs = spinNs;
    this.waiter = waiter;
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
    boolean slept = false;
    while (!stop.requested()) {
      if (Thread.interrupted()) { // who is late all the time never comes to sleep
        throw new InterruptedException();
      }
      waiter.look();
      long monotonicNs = clock.monotonicNs();
      lookedAtNs = elapsedNs(monotonicNs);
      long remainingNs = offsetNs - lookedAtNs;
      if (remainingNs <= 0) {
        return true;
      }
      if (slept && remainingNs <= spinNs && remainingNs >= READY_NS) {
        slept = false;
        waiter.awake();
      } else if (remainingNs <= spinNs) {
        clock.spinUntil(monotonicNs + Math.min(remainingNs, LOOK_NS));
      } else {
        long waitNs = Math.min(remainingNs - spinNs, SLICE_NS);
        clock.sleepUntil(monotonicNs + waitNs - (waitNs >= CUT_FROM_NS ? waitNs / 50 : 0));
        slept = true;
      }
    }
    return false;
  }

  /** What time it was, ns since the start, when the last wait was over. */
  long lookedAtNs() {
    return lookedAtNs;
  }
}

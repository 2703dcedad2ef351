package org.carillon.core.time;

/**
 * The time of one node, and the way to wait on it. Everything that needs a time gets one of these;
 * nothing else reads the machine's clocks or sleeps.
 */
public interface ClockSource {

  /** The machine's CLOCK_REALTIME, in ns since the Unix epoch. */
  long realtimeNs();

  /**
   * What this node's clock showed at the moment when CLOCK_REALTIME showed {@code realtimeNs}.
   * Converting a recorded moment, rather than reading twice, lets one stamp yield both.
   */
  long localNs(long realtimeNs);

  /** What this node's clock shows now, in ns since the Unix epoch. */
  default long nowNs() {
    return localNs(realtimeNs());
  }

  /** A clock that never steps, in ns since an arbitrary moment; only differences mean anything. */
  long monotonicNs();

  /**
   * The node's free-running counter (CLOCK_MONOTONIC_RAW), in ns since an arbitrary moment: it
   * never steps, and runs at the rate of the oscillator whatever is done to the node's clock. It
   * stands still while the machine is suspended.
   */
  long rawNs();

  /**
   * Whether {@link #rawNs()} is such a counter. Where the kernel's cannot be read, CLOCK_MONOTONIC
   * takes its place, whose rate a time daemon changes.
   */
  boolean rawIsFreeRunning();

  /** For how long the machine has been suspended since it started, ns; 0 if that is not known. */
  long suspendedNs();

  /**
   * Whether {@link #realtimeNs()} is true time: so for a simulated clock, whose errors are made
   * from it, and never for a real one, whose errors nobody knows.
   */
  boolean knowsTrueTime();

  /**
   * Waits until {@link #monotonicNs()} has reached {@code deadlineNs}; returns at once if it has.
   * May return some tens of microseconds late, never early.
   *
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  void sleepUntil(long deadlineNs) throws InterruptedException;

  /**
   * Waits until {@link #monotonicNs()} has reached {@code deadlineNs} without giving up the
   * processor: never early, and less than a microsecond late unless the thread is interrupted by
   * the system. For waits of less than a millisecond.
   */
  default void spinUntil(long deadlineNs) {
    while (monotonicNs() < deadlineNs) {
      Thread.onSpinWait();
    }
  }

  /** Waits for a duration; see {@link #sleepUntil(long)}. */
  default void sleep(java.time.Duration duration) throws InterruptedException {
    sleepUntil(monotonicNs() + duration.toNanos());
  }

  /** How this clock was asked for: {@code system} or {@code simulated:offset=3ms,…}. */
  String specification();
}

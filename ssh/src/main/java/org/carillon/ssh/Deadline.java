package org.carillon.ssh;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.SystemClock;

/** A moment on the machine's monotonic clock by which something must be done. */
final class Deadline {
  /** Deadlines run on the machine's own clock: a node's simulated errors must not bend them. */
  private static final ClockSource MACHINE = new SystemClock();

  private static final long FIRST_PAUSE_NS = 1_000_000L;
  private static final long LONGEST_PAUSE_NS = 20_000_000L;

  /**
   * For a bell: limits are noticed that late, and of hundreds of hosts each look takes its time.
   */
  private static final long BELL_PAUSE_NS = 100_000_000L;

  private final Duration length;
  private final long endNs;
  private long pauseNs = FIRST_PAUSE_NS;
  private boolean rung;

  private Deadline(Duration length) {
    this.length = length;
    this.endNs = MACHINE.monotonicNs() + length.toNanos();
  }

  static Deadline in(Duration length) {
    return new Deadline(length);
  }

  /** This deadline, or one so far away, whichever comes first. */
  Deadline orIn(Duration other) {
    return other.toNanos() < remainingNs() ? in(other) : this;
  }

  boolean passed() {
    return remainingNs() <= 0;
  }

  /** What is left, in ns; never below 0. */
  long remainingNs() {
    return Math.max(0, endNs - MACHINE.monotonicNs());
  }

  Duration remaining() {
    return Duration.ofNanos(remainingNs());
  }

  /** What is left, in ms, rounded up; 1 at least, since 0 means for ever in the socket calls. */
  int remainingMillis() {
    return Math.clamp((remainingNs() + 999_999L) / 1_000_000L, 1, Integer.MAX_VALUE);
  }

  /** Waits a little, longer each time (1–20 ms), never beyond the deadline. */
  void pause() throws InterruptedException {
    MACHINE.sleepUntil(MACHINE.monotonicNs() + Math.min(pauseNs, remainingNs()));
    pauseNs = Math.min(LONGEST_PAUSE_NS, pauseNs * 3 / 2);
  }

  /** Waits until the bell rings, 100 ms at most; what is left of its work is looked for sooner. */
  void pause(Semaphore bell) throws InterruptedException {
    long lengthNs = rung ? pauseNs : BELL_PAUSE_NS;
    if (bell.tryAcquire(Math.min(lengthNs, remainingNs()), TimeUnit.NANOSECONDS)) {
      rung = true;
      pauseNs = FIRST_PAUSE_NS;
    } else if (rung) {
      pauseNs = Math.min(LONGEST_PAUSE_NS, pauseNs * 3 / 2);
    }
  }

  /** Waits for a duration, never beyond the deadline. */
  void pause(Duration duration) throws InterruptedException {
    MACHINE.sleepUntil(MACHINE.monotonicNs() + Math.min(duration.toNanos(), remainingNs()));
  }

  /** Its whole length as people write it. */
  @Override
  public String toString() {
    return DurationText.format(length);
  }
}

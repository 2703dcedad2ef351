package org.carillon.ntp;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.carillon.core.record.ClockRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.Moment;

/**
 * Compares a node's clocks with each other, over and over, in a thread of its own, and tells when
 * one of them did what it should not: the node's clock was stepped, the machine was suspended, or
 * nothing ran for a while.
 */
final class ClockWatch implements AutoCloseable {

  /** So often that a step of {@link #STEP_NS} cannot hide behind the fastest slew. */
  static final Duration INTERVAL = Duration.ofMillis(50);

  /** A smaller change is not called a step. */
  private static final long STEP_NS = 1_000_000;

  /** Linux slews by little more than 10 %. */
  private static final int SLEW_DIVISOR = 9;

  /** Reading two counters takes less. */
  private static final long SUSPEND_NS = 1_000_000;

  /** A thread that has to wait so long for a processor is worth a word. */
  private static final long PAUSE_NS = 1_000_000_000;

  private final ClockSource clock;
  private final Consumer<ClockRow> listener;
  private final Thread thread;
  private Moment last;
  private long lastSuspendedNs;

  private ClockWatch(ClockSource clock, Consumer<ClockRow> listener) {
    this.clock = clock;
    this.listener = listener;
    this.last = Moment.now(clock);
    this.lastSuspendedNs = clock.suspendedNs();
    this.thread = Thread.ofPlatform().daemon().name("clock watch").unstarted(this::watch);
  }

  /** Begins to watch; the listener is called from the watching thread. */
  static ClockWatch start(ClockSource clock, Consumer<ClockRow> listener) {
    ClockWatch watch = new ClockWatch(clock, listener);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (true) {
        clock.sleep(INTERVAL);
        look();
      }
    } catch (InterruptedException e) {
      // Closed: the end.
    }
  }

  private void look() {
    long suspendedNs;
    Moment now;
    do { // All of one side of a suspend.
      suspendedNs = clock.suspendedNs();
      now = Moment.now(clock);
    } while (clock.suspendedNs() - suspendedNs > SUSPEND_NS);
    long elapsedNs = now.rawNs() - last.rawNs();
    long asleepNs = suspendedNs - lastSuspendedNs;
    if (asleepNs > SUSPEND_NS) {
      tell(now, ClockRow.Kind.SUSPEND, asleepNs, "the machine was suspended for %s");
    } else if (elapsedNs > INTERVAL.toNanos() + PAUSE_NS) {
      tell(now, ClockRow.Kind.PAUSE, elapsedNs, "this process did not run for %s");
    }
    // While the machine sleeps the counter stands still and the clock is set afterwards.
    long changeNs = (now.localNs() - last.localNs()) - elapsedNs - asleepNs;
    // Where the thread was interrupted while it read, it does not know both to the same moment.
    long unsureNs = last.rawUncertaintyNs() + now.rawUncertaintyNs();
    if (Math.abs(changeNs) > STEP_NS + elapsedNs / SLEW_DIVISOR + unsureNs) {
      tell(
          now,
          ClockRow.Kind.STEP,
          changeNs,
          changeNs > 0 ? "the clock was set forward by %s" : "the clock was set back by %s");
    }
    last = now;
    lastSuspendedNs = suspendedNs;
  }

  private void tell(Moment now, ClockRow.Kind kind, long sizeNs, String what) {
    listener.accept(
        new ClockRow(
            now.localNs(),
            now.rawNs(),
            kind,
            OptionalLong.of(sizeNs),
            String.format(
                Locale.ROOT, what, DurationText.rounded(Duration.ofNanos(Math.abs(sizeNs))))));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

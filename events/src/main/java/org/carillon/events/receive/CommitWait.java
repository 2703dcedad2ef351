package org.carillon.events.receive;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.CommitWaitRecord;
import org.carillon.core.record.RecordLog;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.MomentBuffer;
import org.carillon.events.NodeClocks;

/**
 * Notes for each event, some delays after its arrival, how sure the node's clocks are then. What is
 * not due when the worker ends is not waited for, and counted.
 *
 * <p>The receiving thread takes no lock and makes no object for that. It wakes the thread that
 * waits only if that has nothing to wait for.
 */
final class CommitWait implements AutoCloseable {

  /** Events that wait for one delay; at 1,000 events/s enough for four minutes. */
  private static final int PENDING_MAX = 1 << 18;

  /**
   * Equal delays become due in the order of arrival, so each delay needs only a queue: and one of
   * its own, so that a long delay that is full costs the short ones nothing.
   *
   * @param index of the delay among all
   */
  private record Line(int index, long delayNs, ArrivalRing arrivals) {

    boolean isDue(long monotonicNs) {
      return !arrivals.isEmpty() && dueNs() - monotonicNs <= 0;
    }

    long dueNs() {
      return arrivals.monotonicNs() + delayNs;
    }
  }

  private final ClockSource clock;
  private final NodeClocks clocks;
  private final RecordLog rows;
  private final Line[] lines;
  private final long shortestNs;
  private final AtomicLong unmeasured = new AtomicLong();
  private final Thread thread =
      Thread.ofPlatform().name("commit-wait").daemon().unstarted(this::run);
  private volatile boolean asleep;
  private volatile boolean closing;

  private CommitWait(List<Duration> delays, ClockSource clock, NodeClocks clocks, RecordLog rows) {
    this.clock = clock;
    this.clocks = clocks;
    this.rows = rows;
    this.lines = new Line[delays.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new Line(i, delays.get(i).toNanos(), new ArrivalRing(PENDING_MAX));
    }
    this.shortestNs = Arrays.stream(lines).mapToLong(Line::delayNs).min().orElseThrow();
  }

  /**
   * Starts waiting.
   *
   * @param delays at least one
   * @param rows in the {@linkplain CommitWaitRecord#format form} of these delays
   */
  static CommitWait start(
      List<Duration> delays, ClockSource clock, NodeClocks clocks, RecordLog rows) {
    CommitWait wait = new CommitWait(delays, clock, clocks, rows);
    wait.thread.start();
    return wait;
  }

  /** Notes that an event has arrived now; for one thread. */
  void arrived(long eventId) {
    long nowNs = clock.monotonicNs();
    for (Line line : lines) {
      if (!line.arrivals.offer(eventId, nowNs)) {
        unmeasured.incrementAndGet();
      }
    }
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  private boolean nothingPending() {
    for (Line line : lines) {
      if (!line.arrivals.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether every measurement that was asked for so far has been made or given up. */
  boolean isIdle() {
    return closing || nothingPending();
  }

  /** How many measurements were given up, for want of memory or because the worker ended. */
  long unmeasured() {
    return unmeasured.get();
  }

  private void run() {
    ClockBuffer known = new ClockBuffer();
    MomentBuffer now = new MomentBuffer();
    try {
      while (!closing && !Thread.currentThread().isInterrupted()) {
        if (nothingPending()) {
          awaitArrival();
        } else if (!measure(now, known)) {
          clock.sleepUntil(nextLookNs());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nothing more is waited for
    }
  }

  private void awaitArrival() {
    asleep = true;
    // Looked at again: what arrived before this thread said that it sleeps wakes nobody.
    if (nothingPending() && !closing) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /**
   * When something can be due: what is known now, or what arrives from now on and is due the
   * soonest, of which nobody tells this thread.
   */
  private long nextLookNs() {
    long nextNs = clock.monotonicNs() + shortestNs;
    for (Line line : lines) {
      if (!line.arrivals.isEmpty()) {
        nextNs = Math.min(nextNs, line.dueNs());
      }
    }
    return nextNs;
  }

  /** Measures for all that is due; false if nothing is. */
  private boolean measure(MomentBuffer now, ClockBuffer known) {
    long monotonicNs = clock.monotonicNs();
    boolean some = false;
    for (Line line : lines) {
      while (line.isDue(monotonicNs)) {
        if (!some) {
          some = true;
          now.readNow(clock);
          clocks.read(now, known);
        }
        int at = rows.claim();
        if (at >= 0) {
          CommitWaitRecord.put(rows.records(), at, line.arrivals.eventId(), line.index, known);
        }
        line.arrivals.take();
      }
    }
    rows.publish();
    return some;
  }

  /** Ends without waiting for what is not due. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Line line : lines) {
      unmeasured.addAndGet(line.arrivals.takeAll());
    }
  }
}

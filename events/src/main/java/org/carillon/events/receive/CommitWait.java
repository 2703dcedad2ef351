package org.carillon.events.receive;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.CommitWaitRow;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.record.RowLog;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.events.NodeClocks;

/**
 * Notes for each event, some delays after its arrival, how sure the node's clocks are then. What is
 * not due when the worker ends is not waited for, and counted.
 */
final class CommitWait implements AutoCloseable {

  /** Events that wait for one delay; at 1,000 events/s enough for four minutes. */
  private static final int PENDING_MAX = 1 << 18;

  private record Pending(long eventId, long dueMonotonicNs) {}

  /** Equal delays become due in the order of arrival, so each delay needs only a queue. */
  private record Line(Duration delay, ArrayDeque<Pending> queue) {}

  private final ClockSource clock;
  private final NodeClocks clocks;
  private final RowLog<CommitWaitRow> rows;
  private final List<Line> lines;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread =
      Thread.ofPlatform().name("commit-wait").daemon().unstarted(this::run);
  private long unmeasured;
  private boolean closing;

  private CommitWait(
      List<Duration> delays, ClockSource clock, NodeClocks clocks, RowLog<CommitWaitRow> rows) {
    this.clock = clock;
    this.clocks = clocks;
    this.rows = rows;
    this.lines = delays.stream().map(delay -> new Line(delay, new ArrayDeque<>())).toList();
  }

  static CommitWait start(
      List<Duration> delays, ClockSource clock, NodeClocks clocks, RowLog<CommitWaitRow> rows) {
    CommitWait wait = new CommitWait(delays, clock, clocks, rows);
    wait.thread.start();
    return wait;
  }

  /** Notes that an event has arrived now. */
  void arrived(long eventId) {
    long nowNs = clock.monotonicNs();
    lock.lock();
    try {
      boolean sooner = false;
      for (Line line : lines) {
        sooner |= line.queue.isEmpty();
        if (line.queue.size() == PENDING_MAX) {
          unmeasured++;
        } else {
          line.queue.add(new Pending(eventId, nowNs + line.delay.toNanos()));
        }
      }
      if (sooner) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean nothingPending() {
    return lines.stream().allMatch(line -> line.queue.isEmpty());
  }

  /** Whether every measurement that was asked for so far has been made or given up. */
  boolean isIdle() {
    lock.lock();
    try {
      return nothingPending();
    } finally {
      lock.unlock();
    }
  }

  /** How many measurements were given up, for want of memory or because the worker ended. */
  long unmeasured() {
    lock.lock();
    try {
      return unmeasured;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    lock.lock();
    try {
      while (!closing) {
        long waitNs = nextDueNs() - clock.monotonicNs();
        if (waitNs <= 0) {
          measure();
        } else {
          waitNs = changed.awaitNanos(waitNs);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private long nextDueNs() {
    return lines.stream()
        .filter(line -> !line.queue.isEmpty())
        .mapToLong(line -> line.queue.peek().dueMonotonicNs)
        .min()
        .orElseGet(() -> clock.monotonicNs() + Duration.ofHours(1).toNanos());
  }

  private void measure() {
    ClockCells now = clocks.at(Moment.now(clock));
    long monotonicNs = clock.monotonicNs();
    for (Line line : lines) {
      while (!line.queue.isEmpty() && line.queue.peek().dueMonotonicNs <= monotonicNs) {
        rows.offer(row(line.queue.poll().eventId, line.delay, now));
      }
    }
  }

  private static CommitWaitRow row(long eventId, Duration delay, ClockCells now) {
    return new CommitWaitRow(
        eventId,
        delay.toNanos(),
        optional(now.bounded().map(CommitWait::halfWidthNs)),
        optional(now.chronoTick().map(MeasuredOffset::uncertaintyNs)));
  }

  private static long halfWidthNs(Reading reading) {
    return Math.ceilDiv(reading.widthNs(), 2);
  }

  private static OptionalLong optional(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** Ends without waiting for what is not due. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      lines.forEach(line -> unmeasured += line.queue.size());
      lines.forEach(line -> line.queue.clear());
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

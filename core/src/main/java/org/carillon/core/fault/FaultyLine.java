package org.carillon.core.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line that loses, copies, delays and reorders what passes over it, and counts what it does.
 *
 * <p>Without delay and reordering, everything is handed on at once, on the thread that brings it
 * and as it is. With one of them, everything is kept and handed on by the line's own thread when it
 * is due, so that whoever brings it never waits; the memory of all lines of a process is bounded,
 * and what finds it full is counted and lost.
 *
 * @param <D> what passes, such as a datagram that is valid during the call only
 */
public final class FaultyLine<D> implements AutoCloseable {

  /**
   * A copy of what passes.
   *
   * @param contentBytes its size
   * @param delivery hands the copy to the sink
   */
  public record Kept(int contentBytes, Runnable delivery) {

    /** What the objects around the content take, roughly. */
    private static final int OVERHEAD_BYTES = 256;

    long sizeBytes() {
      return OVERHEAD_BYTES + (long) contentBytes;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(FaultyLine.class);

  private static final Duration JOIN = Duration.ofSeconds(5);

  private final DatagramFates fates;
  private final ClockSource clock;
  private final Consumer<? super D> sink;
  private final Function<? super D, Kept> keep;
  private final LineCounts counts;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final DelayQueue<Kept> queue;
  private final Optional<Thread> thread;
  private boolean delivering;
  private boolean closed;

  /**
   * @param queued whether anything is delayed or reordered
   * @param sink takes what passes
   * @param counts of all lines of the process, with the memory that is left to them
   * @param keep copies a thing
   */
  FaultyLine(
      DatagramFates fates,
      boolean queued,
      ClockSource clock,
      LineCounts counts,
      Consumer<? super D> sink,
      Function<? super D, Kept> keep) {
    this.fates = fates;
    this.clock = clock;
    this.counts = counts;
    this.sink = sink;
    this.keep = keep;
    this.queue = new DelayQueue<>(clock.monotonicNs());
    this.thread =
        queued
            ? Optional.of(Thread.ofPlatform().name("faulty line").daemon().start(this::deliver))
            : Optional.empty();
  }

  /** Brings a thing; by one thread at a time. */
  public void pass(D thing) {
    DatagramFates.Fate fate = fates.next();
    counts.passed.increment();
    if (fate.lost()) {
      counts.lost.increment();
      return;
    }
    if (fate.copied()) {
      counts.duplicated.increment();
    }
    if (thread.isPresent()) {
      keep(keep.apply(thing), fate);
      return;
    }
    sink.accept(thing);
    if (fate.copied()) {
      sink.accept(thing);
    }
  }

  private void keep(Kept kept, DatagramFates.Fate fate) {
    long nowNs = clock.monotonicNs();
    int times = fate.copied() ? 2 : 1;
    lock.lock();
    try {
      if (closed || !counts.takeRoom(times * kept.sizeBytes())) {
        counts.undelivered.add(times);
        return;
      }
      if (!fate.heldBack()) {
        queue.add(kept, nowNs + fate.delayNs());
      } else if (queue.hold(kept, nowNs + fate.delayNs())) {
        counts.heldBack.increment();
      }
      if (fate.copied()) {
        queue.addCopy(kept, nowNs + fate.copyDelayNs());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void deliver() {
    while (true) {
      Optional<Kept> due = awaitDue();
      if (due.isEmpty()) {
        return;
      }
      counts.giveRoom(due.get().sizeBytes());
      try {
        due.get().delivery().run();
      } catch (RuntimeException e) {
        // What one thing does to the sink must not cost the next ones.
        LOG.error("what came over a faulty line could not be taken: {}", e.toString(), e);
      }
    }
  }

  /** The next thing when it is due; empty when the line is closed. */
  private Optional<Kept> awaitDue() {
    lock.lock();
    try {
      delivering = false;
      changed.signalAll();
      while (!closed) {
        Optional<Kept> due = queue.poll(clock.monotonicNs());
        if (due.isPresent()) {
          delivering = true;
          return due;
        }
        long waitNs =
            queue.nextNs().isPresent()
                ? queue.nextNs().getAsLong() - clock.monotonicNs()
                : TimeUnit.DAYS.toNanos(1);
        changed.awaitNanos(waitNs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return Optional.empty();
  }

  /** Waits until nothing is under way any more; for whoever brings things. */
  public void drain() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && (delivering || queue.size() > 0)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the line; what is under way does not arrive, and is counted. May be repeated. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        counts.undelivered.add(queue.size());
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    try {
      if (thread.isPresent()) {
        thread.get().join(JOIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

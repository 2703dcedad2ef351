package org.carillon.ssh.fanout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.SystemClock;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing on many hosts, on so many at a time; one that hangs or fails holds up no other.
 *
 * @param <T> what it yields on a host
 */
public final class FanOut<T> {
  private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

  /** Deadlines run on the machine's own clock: a node's simulated errors must not bend them. */
  private static final ClockSource MACHINE = new SystemClock();

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** What an interrupted task may take to end on its host what it began there. */
  private static final Duration LAST_WORD = Duration.ofSeconds(6);

  private final FanOutSettings settings;
  private final SequencedMap<String, HostSource> hosts;
  private final HostTask<T> task;
  private final FanOutListener listener;
  private final Queue<String> turns;
  private final CountDownLatch left;

  /** Under its own lock, like every call of the listener. */
  private final Map<String, HostOutcome<T>> outcomes = new LinkedHashMap<>();

  private final Map<String, Boolean> begun = new LinkedHashMap<>();
  private boolean over;

  private FanOut(
      FanOutSettings settings,
      SequencedMap<String, ? extends HostSource> hosts,
      HostTask<T> task,
      FanOutListener listener) {
    this.settings = settings;
    this.hosts = new LinkedHashMap<>(hosts);
    this.task = task;
    this.listener = listener;
    this.turns = new ConcurrentLinkedQueue<>(hosts.keySet());
    this.left = new CountDownLatch(hosts.size());
  }

  /**
   * Does it, and returns when all are done, the deadline has passed, or stopping is wished for, by
   * {@link FanOutSettings#stop} or an interrupt. What is under way then is interrupted and has some
   * seconds to clean up behind itself. Connections are left open; they belong to whoever made them.
   *
   * <p>A host is tried again if getting there failed for want of a connection or in time, or if
   * that befell a task that {@linkplain HostTask#repeatable may be repeated}; after pauses of
   * 0.5–1.5 s, which double.
   *
   * @param hosts by the names that users know them by
   * @return one outcome per host, in the same order
   */
  public static <T> SequencedMap<String, HostOutcome<T>> run(
      FanOutSettings settings,
      SequencedMap<String, ? extends HostSource> hosts,
      HostTask<T> task,
      FanOutListener listener) {
    return new FanOut<>(settings, hosts, task, listener).run();
  }

  private SequencedMap<String, HostOutcome<T>> run() {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(settings.width(), hosts.size()); i++) {
      threads.add(Thread.ofPlatform().daemon().start(this::workOff));
    }
    boolean stopped = await();
    SequencedMap<String, HostOutcome<T>> inOrder = close(stopped);
    if (left.getCount() > 0) {
      threads.forEach(Thread::interrupt);
      letCleanUp();
    }
    return inOrder;
  }

  /** Whether somebody wished to stop before all was done. */
  private boolean await() {
    long endNs = MACHINE.monotonicNs() + settings.deadline().toNanos();
    try {
      while (true) {
        long remainingNs = endNs - MACHINE.monotonicNs();
        if (left.await(Math.min(LOOK.toNanos(), remainingNs), TimeUnit.NANOSECONDS)
            || remainingNs <= 0) {
          return false;
        }
        if (settings.stop().getAsBoolean()) {
          return true;
        }
        synchronized (this) {
          listener.waiting();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the work: whoever has not answered by now has failed, whatever he says later. */
  private synchronized SequencedMap<String, HostOutcome<T>> close(boolean stopped) {
    SequencedMap<String, HostOutcome<T>> inOrder = new LinkedHashMap<>();
    for (String name : hosts.keySet()) {
      if (!outcomes.containsKey(name)) {
        listener.ended(name, outcomes.computeIfAbsent(name, late -> late(late, stopped)));
      }
      inOrder.put(name, outcomes.get(name));
    }
    over = true;
    return inOrder;
  }

  private HostOutcome<T> late(String name, boolean stopped) {
    String how =
        begun.containsKey(name)
            ? "was under way, and how much of it has happened is unknown"
            : "was not begun";
    return stopped
        ? new HostOutcome.NotDone<>(
            ExitCode.ABORTED, name + ": stopped; " + settings.what() + " " + how)
        : new HostOutcome.TimedOut<>(
            "%s: %s was not done within the %s for all hosts; it %s"
                .formatted(name, settings.what(), DurationText.format(settings.deadline()), how));
  }

  private void letCleanUp() {
    boolean interrupted = Thread.interrupted();
    try {
      left.await(LAST_WORD.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * One host after the other, until none is left; of those that do so there are as many as may be
   * at work at once.
   */
  private void workOff() {
    for (String name = turns.poll(); name != null; name = turns.poll()) {
      Thread.currentThread().setName(settings.what() + " " + name);
      try {
        if (begin(name)) {
          end(name, attempts(name, hosts.get(name)));
        }
      } catch (InterruptedException e) {
        // The work is over; its outcome was noted by whoever interrupted.
      } catch (RuntimeException e) {
        LOG.debug("a listener of {} failed", settings.what(), e); // the other hosts have their turn
      } finally {
        left.countDown();
      }
    }
  }

  private synchronized boolean begin(String name) {
    if (over) {
      return false;
    }
    begun.put(name, true);
    listener.began(name);
    return true;
  }

  private synchronized void end(String name, HostOutcome<T> outcome) {
    if (!over) {
      outcomes.put(name, outcome);
      listener.ended(name, outcome);
    }
  }

  private HostOutcome<T> attempts(String name, HostSource source) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      boolean there = false;
      Throwable failure;
      try {
        Host host = source.open();
        there = true;
        return new HostOutcome.Ok<>(task.on(host));
      } catch (RuntimeException | Error e) {
        LOG.debug("{} failed on {}", settings.what(), name, e);
        failure = e;
      }
      HostOutcome<T> outcome = HostOutcome.of(name, failure);
      if (attempt > settings.retries() || !isSafe(failure, there)) {
        return outcome;
      }
      Duration pause = pause(attempt);
      tell(name, outcome, pause);
      MACHINE.sleepUntil(MACHINE.monotonicNs() + pause.toNanos());
    }
  }

  private synchronized void tell(String name, HostOutcome<T> failure, Duration pause) {
    if (!over) {
      listener.again(name, failure, pause);
    }
  }

  private boolean isSafe(Throwable failure, boolean there) {
    return (!there || task.repeatable()) && failure instanceof HostException e && e.kind().isAway();
  }

  /** Hosts that failed together do not return together. */
  private static Duration pause(int attempt) {
    double lengthNs = (double) (FIRST_PAUSE.toNanos() << (attempt - 1));
    return Duration.ofNanos((long) (lengthNs * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
  }
}

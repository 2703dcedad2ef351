package org.carillon.deploy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.ssh.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing on many hosts at the same time; one that hangs or fails holds up no other. */
final class FanOut {

  private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

  /** How often a waiting stage looks whether it shall stop. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private FanOut() {}

  /**
   * Does it, and returns when all are done, the deadline has passed, or stopping is wished for;
   * what is under way then is interrupted.
   *
   * @param what names the work in a complaint about the deadline
   * @return one outcome per entry, in the same order
   */
  static <S, T> SequencedMap<String, Outcome<T>> run(
      String what,
      Map<String, S> subjects,
      Deadline deadline,
      Cancellation cancellation,
      Function<S, T> task) {
    Map<String, Outcome<T>> outcomes = new ConcurrentHashMap<>();
    CountDownLatch left = new CountDownLatch(subjects.size());
    Map<String, Thread> threads = new LinkedHashMap<>();
    subjects.forEach(
        (name, subject) ->
            threads.put(
                name,
                Thread.ofVirtual()
                    .name(what + " " + name)
                    .start(
                        () -> {
                          outcomes.put(name, attempt(name, subject, task));
                          left.countDown();
                        })));
    await(left, deadline, cancellation);
    // First what is done, then the interrupts: what an interrupted task answers is no result.
    SequencedMap<String, Outcome<T>> inOrder = new LinkedHashMap<>();
    threads
        .keySet()
        .forEach(
            name -> {
              Outcome<T> outcome = outcomes.get(name);
              inOrder.put(
                  name, outcome != null ? outcome : late(what, name, deadline, cancellation));
            });
    threads.values().forEach(Thread::interrupt);
    return inOrder;
  }

  private static void await(CountDownLatch left, Deadline deadline, Cancellation cancellation) {
    try {
      while (!left.await(deadline.atMost(LOOK).toNanos(), TimeUnit.NANOSECONDS)
          && !deadline.passed()
          && !cancellation.requested()) {
        // Looks again.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancellation.request();
    }
  }

  private static <T> Outcome<T> late(
      String what, String name, Deadline deadline, Cancellation cancellation) {
    return cancellation.requested()
        ? new Outcome.Failed<>(name + ": stopped during " + what, ExitCode.ABORTED)
        : new Outcome.Failed<>(
            name + ": " + what + " was not done within its deadline of " + deadline,
            ExitCode.TIMEOUT);
  }

  private static <S, T> Outcome<T> attempt(String name, S subject, Function<S, T> task) {
    try {
      return new Outcome.Done<>(task.apply(subject));
    } catch (HostException e) {
      LOG.debug("{} failed", name, e);
      return new Outcome.Failed<>(e.getMessage(), e.exitCode());
    } catch (CarillonException e) {
      LOG.debug("{} failed", name, e);
      return new Outcome.Failed<>(e.getMessage(), e.exitCode());
    } catch (RuntimeException e) {
      LOG.debug("{} failed", name, e);
      return new Outcome.Failed<>(name + ": internal error: " + e, ExitCode.INTERNAL);
    }
  }
}

package org.carillon.deploy.records;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;

/** Tries until something is to be had. */
final class Waiting {

  private static final Duration LOOK = Duration.ofMillis(500);

  private Waiting() {}

  /**
   * @param deadlineNs by the clock's monotonic time; one attempt is made in any case
   * @param said told once whom one waits for
   * @param attempt answers empty as long as it is not to be had
   * @param refusal what to throw then, with a sentence
   */
  static <T> T until(
      long deadlineNs,
      ClockSource clock,
      Consumer<String> said,
      Supplier<Optional<T>> attempt,
      Supplier<CarillonException> refusal) {
    boolean told = false;
    while (true) {
      Optional<T> got = attempt.get();
      if (got.isPresent()) {
        return got.get();
      }
      long leftNs = deadlineNs - clock.monotonicNs();
      if (leftNs <= 0) {
        throw refusal.get();
      }
      if (!told) {
        said.accept("waits: " + refusal.get().getMessage());
        told = true;
      }
      try {
        clock.sleep(Duration.ofNanos(Math.min(leftNs, LOOK.toNanos())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CarillonException(ExitCode.ABORTED, "stopped while it waited for a lock.", e);
      }
    }
  }
}

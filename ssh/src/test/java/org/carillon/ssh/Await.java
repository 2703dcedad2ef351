package org.carillon.ssh;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting in tests for something to become true. */
final class Await {
  private Await() {}

  /** Fails with the description if the condition is still false after 30 s. */
  static void until(String description, BooleanSupplier condition) {
    Deadline deadline = Deadline.in(Duration.ofSeconds(30));
    while (!condition.getAsBoolean()) {
      if (deadline.passed()) {
        throw new AssertionError("not within " + deadline + ": " + description);
      }
      try {
        deadline.pause();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}

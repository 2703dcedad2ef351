package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.carillon.core.time.SystemClock;

/** Waits for what other threads bring about. */
public final class Await {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final SystemClock CLOCK = new SystemClock();

  private Await() {}

  /** Waits until there is a value, and fails if that takes too long. */
  public static <T> T value(String description, Supplier<Optional<T>> source) {
    AtomicReference<T> value = new AtomicReference<>();
    until(
        description,
        () -> {
          source.get().ifPresent(value::set);
          return value.get() != null;
        });
    return value.get();
  }

  /** Waits until the condition holds, and fails if that takes too long. */
  public static void until(String description, BooleanSupplier condition) {
    long endNs = CLOCK.monotonicNs() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(CLOCK.monotonicNs()).as("in time: " + description).isLessThan(endNs);
      try {
        CLOCK.sleep(Duration.ofMillis(5));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}

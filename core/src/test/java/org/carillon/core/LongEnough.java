package org.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Deadlines that shall pass, but not before something else has happened: nobody knows how long that
 * takes on a machine that is slow or busy.
 */
public final class LongEnough {
  private LongEnough() {}

  /**
   * What comes of the first deadline of 1 s, 4 s, 16 s and 64 s that was long enough.
   *
   * @param attempt what a deadline leads to
   * @param enough whether all has happened that shall happen before it passes
   */
  public static <T> T deadline(Function<Duration, T> attempt, Predicate<? super T> enough) {
    Duration deadline = Duration.ofSeconds(1);
    while (true) {
      T outcome = attempt.apply(deadline);
      if (enough.test(outcome)) {
        return outcome;
      }
      deadline = deadline.multipliedBy(4);
      assertThat(deadline).as("%s", outcome).isLessThan(Duration.ofMinutes(2));
    }
  }
}

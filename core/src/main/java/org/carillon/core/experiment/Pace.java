package org.carillon.core.experiment;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The delays of a broadcast pattern, by the words that the existing Python toolkit uses. */
public enum Pace {
  FAST(10),
  MEDIUM(50),
  SLOW(100),
  VERY_SLOW(500);

  private final Duration delay;

  Pace(long delayMs) {
    this.delay = Duration.ofMillis(delayMs);
  }

  /** The time from an event of this pace to the next event. */
  public Duration delay() {
    return delay;
  }

  /** How files and command lines write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The pace of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Pace parse(String word) {
    return Arrays.stream(values())
        .filter(pace -> pace.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + word
                        + "' is not a pace: use "
                        + Arrays.stream(values())
                            .map(Pace::word)
                            .collect(Collectors.joining(", "))));
  }
}

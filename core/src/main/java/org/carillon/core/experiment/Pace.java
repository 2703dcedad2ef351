package org.carillon.core.experiment;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.core.time.DurationText;

/**
 * A delay of a broadcast pattern: one of the words that the existing Python toolkit uses, or a
 * duration.
 *
 * @param word how files and command lines write it
 * @param delay the time from an event of this pace to the next event, ≥ 0
 */
public record Pace(String word, Duration delay) {

  static final Pace FAST = new Pace("fast", Duration.ofMillis(10));
  static final Pace MEDIUM = new Pace("medium", Duration.ofMillis(50));
  static final Pace SLOW = new Pace("slow", Duration.ofMillis(100));
  static final Pace VERY_SLOW = new Pace("very_slow", Duration.ofMillis(500));

  private static final List<Pace> WORDS = List.of(FAST, MEDIUM, SLOW, VERY_SLOW);

  /**
   * Reads a word, or a duration such as {@code 20ms}.
   *
   * @throws IllegalArgumentException with a sentence if it is neither
   */
  public static Pace parse(String text) {
    return WORDS.stream()
        .filter(pace -> pace.word().equals(text))
        .findFirst()
        .orElseGet(() -> new Pace(text, duration(text)));
  }

  private static Duration duration(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no delay of a pattern: use "
              + WORDS.stream().map(Pace::word).collect(Collectors.joining(", "))
              + " or a duration such as 20ms",
          e);
    }
  }
}

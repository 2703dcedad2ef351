package org.carillon.events.send;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.core.experiment.Pace;
import org.carillon.core.time.DurationText;

/**
 * Patterns of delays as people write them: {@code slow,fast,fast,medium}. The names and their
 * delays are those of the Python toolkit; a duration such as {@code 20ms} may stand for a name.
 */
public final class PatternText {

  private PatternText() {}

  /**
   * Reads a comma-separated pattern.
   *
   * @throws IllegalArgumentException with a sentence that names the faulty part
   */
  public static List<Duration> parse(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(PatternText::delay).toList();
  }

  private static Duration delay(String name) {
    for (Pace pace : Pace.values()) {
      if (pace.word().equals(name)) {
        return pace.delay();
      }
    }
    try {
      return DurationText.parse(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no delay of a pattern: use "
              + Arrays.stream(Pace.values()).map(Pace::word).collect(Collectors.joining(", "))
              + " or a duration such as 20ms",
          e);
    }
  }
}

package org.carillon.events.send;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.carillon.core.experiment.Pace;

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
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(Pace::parse)
        .map(Pace::delay)
        .toList();
  }
}

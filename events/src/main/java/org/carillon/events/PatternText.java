package org.carillon.events;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.core.time.DurationText;

/**
 * Patterns of delays as people write them: {@code slow,fast,fast,medium}. The names and their
 * delays are those of the Python toolkit; a duration such as {@code 20ms} may stand for a name.
 */
public final class PatternText {

  private static final Map<String, Duration> DELAYS = new LinkedHashMap<>();

  static {
    DELAYS.put("fast", Duration.ofMillis(10));
    DELAYS.put("medium", Duration.ofMillis(50));
    DELAYS.put("slow", Duration.ofMillis(100));
    DELAYS.put("very_slow", Duration.ofMillis(500));
  }

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
    Duration known = DELAYS.get(name);
    if (known != null) {
      return known;
    }
    try {
      return DurationText.parse(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no delay of a pattern: use "
              + String.join(", ", DELAYS.keySet())
              + " or a duration such as 20ms",
          e);
    }
  }
}

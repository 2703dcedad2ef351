package org.carillon.core.time;

import java.time.Duration;

/**
 * How often an NTP server is asked: at an interval that adapts between two limits, or a fixed one.
 * Written {@code 1s..64s}, or {@code 16s}, or {@code auto} for {@link #ADAPTIVE}.
 *
 * @param shortest 10 ms to 1 day
 * @param longest no shorter than that, up to 1 day
 */
public record PollInterval(Duration shortest, Duration longest) {

  private static final Duration MIN = Duration.ofMillis(10);
  private static final Duration MAX = Duration.ofDays(1);

  /** What is used unless something else is asked for: 1 s to 64 s. */
  public static final PollInterval ADAPTIVE =
      new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(64));

  private static final String AUTO = "auto";
  private static final String TO = "..";

  public PollInterval {
    if (shortest.compareTo(MIN) < 0 || longest.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "the poll interval must lie between "
              + DurationText.format(MIN)
              + " and "
              + DurationText.format(MAX));
    }
    if (shortest.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "a poll interval from "
              + DurationText.format(shortest)
              + " to "
              + DurationText.format(longest)
              + " is empty: name the shorter one first");
    }
  }

  /** One that never changes, unless a server demands it. */
  public static PollInterval fixed(Duration interval) {
    return new PollInterval(interval, interval);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence if the text is none
   */
  public static PollInterval parse(String text) {
    if (text.equals(AUTO)) {
      return ADAPTIVE;
    }
    int to = text.indexOf(TO);
    return to < 0
        ? fixed(DurationText.parse(text))
        : new PollInterval(
            DurationText.parse(text.substring(0, to)),
            DurationText.parse(text.substring(to + TO.length())));
  }

  /** Whether it never changes of itself. */
  public boolean isFixed() {
    return shortest.equals(longest);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    if (equals(ADAPTIVE)) {
      return AUTO;
    }
    String text = DurationText.format(shortest);
    return isFixed() ? text : text + TO + DurationText.format(longest);
  }
}

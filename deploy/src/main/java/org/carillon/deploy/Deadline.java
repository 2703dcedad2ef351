package org.carillon.deploy;

import java.time.Duration;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;

/** The moment by which a stage must be done. */
final class Deadline {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final ClockSource clock;
  private final Duration length;
  private final long endNs;

  Deadline(ClockSource clock, Duration length) {
    this.clock = clock;
    this.length = length;
    this.endNs = clock.monotonicNs() + length.toNanos();
  }

  boolean passed() {
    return clock.monotonicNs() >= endNs;
  }

  /** What is left; 1 ms at least, since a call needs some time to say that there was none. */
  Duration remaining() {
    Duration left = Duration.ofNanos(endNs - clock.monotonicNs());
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  /** What is left, but not more than this. */
  Duration atMost(Duration limit) {
    Duration left = remaining();
    return left.compareTo(limit) < 0 ? left : limit;
  }

  /** Its whole length, for people. */
  @Override
  public String toString() {
    return DurationText.rounded(length);
  }
}

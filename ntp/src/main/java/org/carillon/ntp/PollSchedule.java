package org.carillon.ntp;

import java.time.Duration;
import java.util.Optional;

/**
 * When to ask one server again: a burst of four at 250 ms to have a good first sample soon, then
 * regularly. Pure arithmetic, for one thread.
 *
 * <ul>
 *   <li>A server more than 10 ms away is hardly one's own: it is asked every 16 s at most. Half the
 *       delay, 5 ms, dwarfs the 0.8 ms that a clock can drift in that time.
 *   <li>A kiss of death RATE doubles the interval, up to 1,024 s, for good; DENY and RSTR end it
 *       (RFC 5905 §7.4).
 *   <li>Before a moment that matters a burst of twelve can be asked for, which a server that has
 *       said RATE is spared.
 *   <li>A name that cannot be resolved is looked up less and less often, down to every 16 s.
 * </ul>
 */
final class PollSchedule {

  private static final int BURST = 4;

  /** Three seconds of them. */
  private static final int SHARPENING_BURST = 12;

  private static final Duration BURST_INTERVAL = Duration.ofMillis(250);
  private static final long FAR_DELAY_NS = 10_000_000L;
  private static final Duration FAR_INTERVAL = Duration.ofSeconds(16);
  private static final Duration RATE_INTERVAL_MAX = Duration.ofSeconds(1_024);

  private final Duration timeout;
  private Duration interval;
  private int burstLeft = BURST - 1;
  private long smallestDelayNs = Long.MAX_VALUE;
  private int unresolvedInARow;
  private boolean rateLimited;

  PollSchedule(TimeKeeper.Settings settings) {
    this.interval = settings.pollInterval();
    this.timeout = settings.timeout();
  }

  /** How long after this accepted exchange's start the next one begins. */
  Duration afterAnswer(long delayNs) {
    unresolvedInARow = 0;
    smallestDelayNs = Math.min(smallestDelayNs, delayNs);
    if (burstLeft > 0) {
      burstLeft--;
      return shorter(BURST_INTERVAL, regular());
    }
    return regular();
  }

  /** As {@link #afterAnswer}, for an exchange without a usable answer. */
  Duration afterFailure() {
    unresolvedInARow = 0;
    return regular();
  }

  /** As {@link #afterAnswer}, for a name that could not be resolved. */
  Duration afterUnresolved() {
    unresolvedInARow = Math.min(unresolvedInARow + 1, 10);
    Duration doubled = interval.multipliedBy(1L << unresolvedInARow - 1);
    return longer(interval, shorter(doubled, FAR_INTERVAL));
  }

  /**
   * As {@link #afterAnswer}, for a server that demands something.
   *
   * @return empty if the server must not be asked again
   */
  Optional<Duration> afterKiss(String code) {
    switch (code) {
      case "DENY", "RSTR" -> {
        return Optional.empty();
      }
      case "RATE" -> {
        burstLeft = 0;
        rateLimited = true;
        interval = longer(interval, shorter(interval.multipliedBy(2), RATE_INTERVAL_MAX));
        return Optional.of(regular());
      }
      default -> {
        return Optional.of(afterFailure());
      }
    }
  }

  /**
   * Begins a burst.
   *
   * @return whether to ask at once; false if the server wants to be asked less often
   */
  boolean sharpen() {
    if (rateLimited) {
      return false;
    }
    burstLeft = SHARPENING_BURST;
    return true;
  }

  /** How long a sample counts as recent: until the third poll after it has failed. */
  Duration freshFor() {
    return regular().multipliedBy(3).plus(timeout);
  }

  private Duration regular() {
    boolean far = smallestDelayNs != Long.MAX_VALUE && smallestDelayNs > FAR_DELAY_NS;
    return far ? longer(interval, FAR_INTERVAL) : interval;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}

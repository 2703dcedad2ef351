package org.carillon.ntp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.time.PollInterval;

/**
 * When to ask one server again: a burst of four at 250 ms to have a good first sample soon, then
 * regularly, at an interval that follows what another sample is worth. Pure arithmetic, for one
 * thread.
 *
 * <ul>
 *   <li>A sample narrows the clock's interval to about its own half width; from then on the
 *       interval grows by what is not known of the clock's rate. While it grows by less than an
 *       eighth of the best recent half width before the next poll but one, asking more often gains
 *       hardly anything: after four such polls the interval between them doubles. Once it grows by
 *       more before the next poll, it is halved at once, as often as it takes.
 *   <li>In the first minute the rate is still being learnt: it is asked as often as it may be.
 *   <li>A lost sample halves it, because the next one is wanted soon. A server silent for more than
 *       a minute is asked less and less often, and as at the start when it is back.
 *   <li>A server more than 10 ms away is hardly one's own: unless a fixed interval was asked for,
 *       it is asked every 16 s at most.
 *   <li>A kiss of death RATE doubles the interval, up to 1,024 s, and it gets no shorter again;
 *       DENY and RSTR end it (RFC 5905 §7.4).
 *   <li>Before a moment that matters a burst of twelve can be asked for, which a server that has
 *       said RATE is spared.
 *   <li>A name that cannot be resolved is looked up less and less often, down to every 16 s.
 * </ul>
 *
 * The reasons and what it costs and gains are in docs/clock.md.
 */
final class PollSchedule {

  private static final int BURST = 4;

  /** Three seconds of them. */
  private static final int SHARPENING_BURST = 12;

  private static final Duration BURST_INTERVAL = Duration.ofMillis(250);
  private static final Duration LEARNING = Duration.ofMinutes(1);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  /** As many samples as RFC 5905's clock filter keeps (§10). */
  private static final int RECENT = 8;

  private static final int CALM_POLLS = 4;
  private static final int GROWTH_SHARE = 8;
  private static final long FAR_DELAY_NS = 10_000_000L;
  private static final Duration FAR_INTERVAL = Duration.ofSeconds(16);
  private static final Duration RATE_INTERVAL_MAX = Duration.ofSeconds(1_024);

  private final PollInterval limits;
  private final Duration timeout;
  private final Deque<Long> recentErrorsNs = new ArrayDeque<>();
  private Duration shortest;
  private Duration interval;
  private Duration learnt = Duration.ZERO;
  private Duration silent = Duration.ZERO;
  private int burstLeft = BURST - 1;
  private int calmPolls;
  private long smallestDelayNs = Long.MAX_VALUE;
  private int unresolvedInARow;
  private boolean rateLimited;

  /** How the clock's interval will grow if no sample comes. */
  @FunctionalInterface
  interface Growth {
    /**
     * By how much its half width will have grown, ns.
     *
     * @return empty if there is no interval
     */
    OptionalLong after(Duration ahead);
  }

  PollSchedule(TimeKeeper.Settings settings) {
    this.limits = settings.pollInterval();
    this.timeout = settings.timeout();
    this.shortest = limits.shortest();
    this.interval = shortest;
  }

  /**
   * Takes note of a sample.
   *
   * @param delayNs its delay δ
   * @param errorNs its half width λ, > 0
   * @return how long it counts as recent: until the third poll after it has failed
   */
  Duration answered(long delayNs, long errorNs) {
    unresolvedInARow = 0;
    smallestDelayNs = Math.min(smallestDelayNs, delayNs);
    recentErrorsNs.addLast(errorNs);
    if (recentErrorsNs.size() > RECENT) {
      recentErrorsNs.removeFirst();
    }
    if (silent.compareTo(SILENCE) > 0) {
      beginAnew();
    }
    silent = Duration.ZERO;
    if (calmPolls == CALM_POLLS) {
      calmPolls = 0;
      interval = shorter(regular().multipliedBy(2), longest());
    }
    return freshFor();
  }

  private void beginAnew() {
    interval = shortest;
    learnt = Duration.ZERO;
    calmPolls = 0;
    burstLeft = rateLimited ? 0 : BURST - 1;
  }

  /**
   * How long after the start of the exchange that brought a sample the next one begins.
   *
   * @param growth of the interval that this sample and all others leave
   */
  Duration afterAnswer(Growth growth) {
    Duration wait = regular();
    if (burstLeft > 0) {
      burstLeft--;
      wait = shorter(BURST_INTERVAL, wait);
    } else {
      adapt(growth);
      wait = regular();
    }
    learnt = learnt.plus(wait);
    return wait;
  }

  private void adapt(Growth growth) {
    while (interval.compareTo(shortest) > 0 && !isSmall(growth.after(regular()))) {
      interval = longer(interval.dividedBy(2), shortest);
      calmPolls = 0;
    }
    boolean calm =
        learnt.compareTo(LEARNING) >= 0
            && regular().compareTo(longest()) < 0
            && isSmall(growth.after(shorter(regular().multipliedBy(2), longest())));
    calmPolls = calm ? calmPolls + 1 : 0;
  }

  private boolean isSmall(OptionalLong growthNs) {
    long bestErrorNs = recentErrorsNs.stream().mapToLong(Long::longValue).min().orElseThrow();
    return growthNs.isPresent() && growthNs.getAsLong() <= bestErrorNs / GROWTH_SHARE;
  }

  /** As {@link #afterAnswer}, for an exchange without a usable answer. */
  Duration afterFailure() {
    unresolvedInARow = 0;
    calmPolls = 0;
    interval =
        silent.compareTo(SILENCE) > 0
            ? shorter(regular().multipliedBy(2), longest())
            : longer(interval.dividedBy(2), shortest);
    silent = silent.plus(regular());
    return regular();
  }

  /** As {@link #afterAnswer}, for a name that could not be resolved. */
  Duration afterUnresolved() {
    unresolvedInARow = Math.min(unresolvedInARow + 1, 10);
    Duration doubled = shortest.multipliedBy(1L << unresolvedInARow - 1);
    return longer(shortest, shorter(doubled, FAR_INTERVAL));
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
        calmPolls = 0;
        rateLimited = true;
        interval = longer(interval, shorter(regular().multipliedBy(2), RATE_INTERVAL_MAX));
        shortest = interval;
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

  private Duration freshFor() {
    return regular().multipliedBy(3).plus(timeout);
  }

  private Duration longest() {
    return longer(limits.longest(), shortest);
  }

  private Duration regular() {
    boolean far = smallestDelayNs != Long.MAX_VALUE && smallestDelayNs > FAR_DELAY_NS;
    return far ? longer(interval, shorter(FAR_INTERVAL, longest())) : interval;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}

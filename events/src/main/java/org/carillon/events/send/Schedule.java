package org.carillon.events.send;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * When events are due, relative to the first. Always the same when it is walked again.
 *
 * <p>A sender walks it: one step costs no object. Any event's due moment can be asked for, too;
 * that is for people and for tests.
 */
public sealed interface Schedule permits Cycle, PoissonArrivals, Bursts, Recording {

  /** A walk along a schedule, which begins at the first event. For one thread. */
  interface Cursor {

    /** Goes on to the next event; when that is due, ns after the first. */
    long next();
  }

  /** Begins a walk. */
  Cursor walk();

  /** Events per second in the long run, for people; infinite if all are due at once. */
  double meanRateHz();

  /** What it is beside its mean rate, for people; empty if there is nothing to say. */
  default String peculiarity() {
    return "";
  }

  /** What the random numbers come from; empty if there are none. */
  default OptionalLong seed() {
    return OptionalLong.empty();
  }

  /** How many events there are; empty if it never ends. */
  default OptionalLong events() {
    return OptionalLong.empty();
  }

  /**
   * When an event is due. May have to walk there.
   *
   * @param index counts from 0
   * @return ns after the first event
   * @throws ArithmeticException if that is more than 292 years
   */
  default long offsetNs(long index) {
    Cursor cursor = walk();
    long dueNs = 0;
    for (long i = 0; i < index; i++) {
      dueNs = cursor.next();
    }
    return dueNs;
  }

  /** The same, or about that if only a walk could tell; at once. */
  default long expectedOffsetNs(long index) {
    return offsetNs(index);
  }

  /** How long after an event the next one is due, in ns. */
  default long delayAfterNs(long index) {
    return offsetNs(index + 1) - offsetNs(index);
  }

  /** It in a few words: {@code 1000.000 events/s on average, Poisson arrivals with seed 7}. */
  default String text() {
    String rate = String.format(Locale.ROOT, "%.3f events/s on average", meanRateHz());
    return peculiarity().isEmpty() ? rate : rate + ", " + peculiarity();
  }

  /**
   * Delays in a cycle: the i-th stands between the i-th event and the next.
   *
   * @param delays at least one, none negative
   */
  static Schedule pattern(List<Duration> delays) {
    if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("a pattern has at least one delay, and none is negative");
    }
    return new Cycle(
        delays.stream().map(delay -> BigInteger.valueOf(delay.toNanos())).toList(), BigInteger.ONE);
  }

  /**
   * A constant rate.
   *
   * @param eventsPerSecond above 0
   */
  static Schedule rate(BigDecimal eventsPerSecond) {
    return rate(eventsPerSecond, 1);
  }

  /**
   * A constant rate of bursts of events that are due at the same moment.
   *
   * @param eventsPerSecond above 0; of events, not of bursts
   * @param burst events in each, at least 1
   */
  static Schedule rate(BigDecimal eventsPerSecond, int burst) {
    return Bursts.of(burst, Cycle.rate(eventsPerSecond, burst));
  }

  /**
   * Poisson arrivals: the time from one moment to the next is random, exponentially distributed,
   * and independent of all before.
   *
   * @param eventsPerSecond on average, above 0; of events, not of bursts
   * @param burst how many events are due at each moment, at least 1
   * @param seed the same seed makes the same schedule, on any machine
   */
  static Schedule poisson(BigDecimal eventsPerSecond, int burst, long seed) {
    if (eventsPerSecond.signum() <= 0) {
      throw new IllegalArgumentException("a rate must be above 0 events per second");
    }
    return Bursts.of(burst, new PoissonArrivals(burst * 1e9 / eventsPerSecond.doubleValue(), seed));
  }

  /**
   * The events of a recorded coordinator.csv, as far apart as they were due then or, in a file that
   * does not tell that, as they were sent.
   *
   * @throws org.carillon.core.CarillonException USAGE if it cannot be read, or is no such file
   */
  static Schedule replay(Path file) {
    return new Recording(file);
  }

  /**
   * Events spread evenly over a duration: each has the same share of it, the last one too, as in
   * the Python toolkit.
   *
   * @param events at least 1
   */
  static Schedule over(Duration duration, long events) {
    if (!duration.isPositive() || events < 1) {
      throw new IllegalArgumentException("a duration above 0 is needed, and at least one event");
    }
    return new Cycle(List.of(BigInteger.valueOf(duration.toNanos())), BigInteger.valueOf(events));
  }
}

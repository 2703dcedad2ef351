package org.carillon.events.send;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * When events are due, relative to the first: a pure function of the event's number, so that no
 * error adds up from one event to the next.
 *
 * <p>Either delays that repeat in a cycle, or one delay that is an exact fraction of nanoseconds:
 * then event n is due at floor(n · delay), which is less than 1 ns off for every n.
 */
public final class Schedule {

  private static final BigInteger NS_PER_SECOND = BigInteger.valueOf(1_000_000_000L);

  /** Every delay of the cycle, as a multiple of 1/denominator ns; their sums up to each. */
  private final BigInteger[] sums;

  private final BigInteger denominator;

  private Schedule(List<BigInteger> delays, BigInteger denominator) {
    this.denominator = denominator;
    this.sums = new BigInteger[delays.size() + 1];
    sums[0] = BigInteger.ZERO;
    for (int i = 0; i < delays.size(); i++) {
      sums[i + 1] = sums[i].add(delays.get(i));
    }
  }

  /**
   * Delays in a cycle: the i-th stands between the i-th event and the next.
   *
   * @param delays at least one, none negative
   */
  public static Schedule pattern(List<Duration> delays) {
    if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("a pattern has at least one delay, and none is negative");
    }
    return new Schedule(
        delays.stream().map(delay -> BigInteger.valueOf(delay.toNanos())).toList(), BigInteger.ONE);
  }

  /**
   * A constant rate.
   *
   * @param eventsPerSecond above 0
   */
  public static Schedule rate(BigDecimal eventsPerSecond) {
    if (eventsPerSecond.signum() <= 0) {
      throw new IllegalArgumentException("a rate must be above 0 events per second");
    }
    // delay = 1e9 / (unscaled · 10^-scale) ns, as a fraction of integers
    BigDecimal rate = eventsPerSecond.stripTrailingZeros();
    BigInteger numerator = NS_PER_SECOND;
    BigInteger denominator = rate.unscaledValue();
    if (rate.scale() >= 0) {
      numerator = numerator.multiply(BigInteger.TEN.pow(rate.scale()));
    } else {
      denominator = denominator.multiply(BigInteger.TEN.pow(-rate.scale()));
    }
    return new Schedule(List.of(numerator), denominator);
  }

  /**
   * Events spread evenly over a duration: each has the same share of it, the last one too, as in
   * the Python toolkit.
   *
   * @param events at least 1
   */
  public static Schedule over(Duration duration, long events) {
    if (!duration.isPositive() || events < 1) {
      throw new IllegalArgumentException("a duration above 0 is needed, and at least one event");
    }
    return new Schedule(
        List.of(BigInteger.valueOf(duration.toNanos())), BigInteger.valueOf(events));
  }

  /**
   * When an event is due.
   *
   * @param index counts from 0
   * @return ns after the first event
   * @throws ArithmeticException if that is more than 292 years
   */
  public long offsetNs(long index) {
    BigInteger[] parts =
        BigInteger.valueOf(index).divideAndRemainder(BigInteger.valueOf(sums.length - 1));
    return sums[sums.length - 1]
        .multiply(parts[0])
        .add(sums[parts[1].intValue()])
        .divide(denominator)
        .longValueExact();
  }

  /** How long after an event the next one is due, in ns. */
  public long delayAfterNs(long index) {
    return offsetNs(index + 1) - offsetNs(index);
  }

  /** Events per second in the long run, for people; infinite if all delays are 0. */
  public double meanRateHz() {
    BigDecimal cycleNs =
        new BigDecimal(sums[sums.length - 1])
            .divide(new BigDecimal(denominator), 3, RoundingMode.HALF_EVEN);
    return (sums.length - 1) * 1e9 / cycleNs.doubleValue();
  }
}

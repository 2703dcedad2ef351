package org.carillon.events.send;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * Delays that repeat in a cycle, each an exact fraction of nanoseconds: no error adds up from one
 * event to the next. A constant rate is a cycle of one delay; then event n is due at floor(n ·
 * delay), which is less than 1 ns off for every n.
 */
final class Cycle implements Schedule {

  private static final BigInteger NS_PER_SECOND = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /** Every delay, as a multiple of 1/denominator ns. */
  private final List<BigInteger> delays;

  /** Their sums up to each. */
  private final BigInteger[] sums;

  private final BigInteger denominator;

  /**
   * @param delays of 1/denominator ns, none negative
   */
  Cycle(List<BigInteger> delays, BigInteger denominator) {
    BigInteger divisor = delays.stream().reduce(denominator, BigInteger::gcd);
    this.delays = delays.stream().map(delay -> delay.divide(divisor)).toList();
    this.denominator = denominator.divide(divisor);
    this.sums = new BigInteger[delays.size() + 1];
    sums[0] = BigInteger.ZERO;
    for (int i = 0; i < delays.size(); i++) {
      sums[i + 1] = sums[i].add(this.delays.get(i));
    }
  }

  /**
   * One delay: so many events take as long as they do at a rate.
   *
   * @param eventsPerSecond above 0
   * @param events at least 1
   */
  static Cycle rate(BigDecimal eventsPerSecond, int events) {
    if (eventsPerSecond.signum() <= 0) {
      throw new IllegalArgumentException("a rate must be above 0 events per second");
    }
    // delay = events · 1e9 / (unscaled · 10^-scale) ns, as a fraction of integers
    BigDecimal rate = eventsPerSecond.stripTrailingZeros();
    BigInteger numerator = NS_PER_SECOND.multiply(BigInteger.valueOf(events));
    BigInteger denominator = rate.unscaledValue();
    if (rate.scale() >= 0) {
      numerator = numerator.multiply(BigInteger.TEN.pow(rate.scale()));
    } else {
      denominator = denominator.multiply(BigInteger.TEN.pow(-rate.scale()));
    }
    return new Cycle(List.of(numerator), denominator);
  }

  @Override
  public long offsetNs(long index) {
    BigInteger[] parts =
        BigInteger.valueOf(index).divideAndRemainder(BigInteger.valueOf(delays.size()));
    return sums[delays.size()]
        .multiply(parts[0])
        .add(sums[parts[1].intValue()])
        .divide(denominator)
        .longValueExact();
  }

  @Override
  public double meanRateHz() {
    BigDecimal cycleNs =
        new BigDecimal(sums[delays.size()])
            .divide(new BigDecimal(denominator), 3, RoundingMode.HALF_EVEN);
    return delays.size() * 1e9 / cycleNs.doubleValue();
  }

  @Override
  public Cursor walk() {
    boolean fits =
        denominator.compareTo(LONG_MAX) <= 0
            && delays.stream().allMatch(it -> it.divide(denominator).compareTo(LONG_MAX) <= 0);
    return fits ? new InLongs() : new InBigIntegers();
  }

  /**
   * Adds whole nanoseconds and what is left of them apart, as in Bresenham's line: always floor(sum
   * of the delays).
   */
  private final class InLongs implements Cursor {

    private final long[] wholeNs = new long[delays.size()];
    private final long[] rests = new long[delays.size()];
    private final long perNs = denominator.longValueExact();
    private int position;
    private long dueNs;
    private long rest;

    InLongs() {
      for (int i = 0; i < wholeNs.length; i++) {
        BigInteger[] parts = delays.get(i).divideAndRemainder(denominator);
        wholeNs[i] = parts[0].longValueExact();
        rests[i] = parts[1].longValueExact();
      }
    }

    @Override
    public long next() {
      dueNs += wholeNs[position];
      long toNextNs = perNs - rests[position];
      if (rest >= toNextNs) { // not rest + rests[…] ≥ perNs, which might not fit a long
        rest -= toNextNs;
        dueNs++;
      } else {
        rest += rests[position];
      }
      position = position + 1 == wholeNs.length ? 0 : position + 1;
      return dueNs;
    }
  }

  /** For fractions that no long holds, such as a rate of twenty digits. */
  private final class InBigIntegers implements Cursor {

    private long index;

    @Override
    public long next() {
      return offsetNs(++index);
    }
  }
}

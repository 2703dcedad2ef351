package org.carillon.analysis.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Whether two workers put the same event into the same window. */
public sealed interface Windows {

  /** How many events both workers stamped. */
  long pairs();

  /** How many both put into the same window. */
  long agree();

  /** How many they put into different windows. */
  long disagree();

  /** These and others by the same clock and of the same window size. */
  Windows plus(Windows other);

  /** The share of those with a sure window that are in the same one. */
  default Rate agreeRate() {
    return new Rate(agree(), agree() + disagree());
  }

  /** By a clock that gives points. */
  record Point(long pairs, long agree) implements Windows {
    @Override
    public long disagree() {
      return pairs - agree;
    }

    @Override
    public Windows plus(Windows other) {
      return new Point(pairs + other.pairs(), agree + other.agree());
    }
  }

  /**
   * By a clock that gives intervals: ambiguous where one reaches over a window's edge.
   *
   * @param reachNs how much time the two intervals of an event cover together, summed over all
   *     pairs
   * @param cappedReachNs the same, where no pair counts for more than a window's size
   */
  record Interval(
      long pairs,
      long confident,
      long agree,
      long ambiguous,
      BigInteger reachNs,
      BigInteger cappedReachNs)
      implements Windows {
    @Override
    public long disagree() {
      return confident - agree;
    }

    @Override
    public Windows plus(Windows other) {
      Interval that = (Interval) other;
      return new Interval(
          pairs + that.pairs,
          confident + that.confident,
          agree + that.agree,
          ambiguous + that.ambiguous,
          reachNs.add(that.reachNs),
          cappedReachNs.add(that.cappedReachNs));
    }

    /** The share of pairs of whose window nothing is known. */
    public Rate ambiguousRate() {
      return new Rate(ambiguous, pairs);
    }

    /**
     * The share that would be ambiguous if events fell anywhere in a window with equal probability:
     * a window's edge lies within what the two intervals cover with probability reach/size. Exact
     * where both lie within one window's length, else an upper limit.
     */
    public BigDecimal expectedAmbiguousShare(long sizeNs) {
      return new BigDecimal(cappedReachNs)
          .divide(
              BigDecimal.valueOf(pairs).multiply(BigDecimal.valueOf(sizeNs)),
              9,
              RoundingMode.HALF_EVEN)
          .stripTrailingZeros();
    }
  }
}

package org.carillon.analysis.statistics;

/** Whether events were received after they were sent, by one clock. */
public sealed interface Causality {

  /** How many events have both times. */
  long pairs();

  /** How many were received before they were sent, which cannot be. */
  long violations();

  /** These and others by the same clock. */
  Causality plus(Causality other);

  /** The share of pairs that cannot be. */
  default Rate violationRate() {
    return new Rate(violations(), pairs());
  }

  /** By a clock that gives points. */
  record Point(long pairs, long violations) implements Causality {
    @Override
    public Causality plus(Causality other) {
      return new Point(pairs + other.pairs(), violations + other.violations());
    }
  }

  /** By a clock that gives intervals. */
  record Interval(long pairs, long proven, long ambiguous, long violations) implements Causality {
    @Override
    public Causality plus(Causality other) {
      Interval that = (Interval) other;
      return new Interval(
          pairs + that.pairs,
          proven + that.proven,
          ambiguous + that.ambiguous,
          violations + that.violations);
    }

    /** The share of pairs whose order is proven. */
    public Rate provenRate() {
      return new Rate(proven, pairs);
    }

    /** The share of pairs of whose order nothing is known. */
    public Rate ambiguousRate() {
      return new Rate(ambiguous, pairs);
    }
  }
}

package org.carillon.analysis.statistics;

/** Which of two workers provably had an event first. */
public record Ordering(long pairs, long firstBefore, long secondBefore, long ambiguous) {

  /** These and others by the same clock. */
  public Ordering plus(Ordering other) {
    return new Ordering(
        pairs + other.pairs,
        firstBefore + other.firstBefore,
        secondBefore + other.secondBefore,
        ambiguous + other.ambiguous);
  }

  /** The share of pairs of whose order nothing is known. */
  public Rate ambiguousRate() {
    return new Rate(ambiguous, pairs);
  }
}

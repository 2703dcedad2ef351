package org.carillon.analysis.statistics;

/** Whether events were received after they were sent, by one clock. */
public sealed interface Causality {

  /** How many events have both times. */
  long pairs();

  /** How many were received before they were sent, which cannot be. */
  long violations();

  /** By a clock that gives points. */
  record Point(long pairs, long violations) implements Causality {}

  /** By a clock that gives intervals. */
  record Interval(long pairs, long proven, long ambiguous, long violations) implements Causality {}
}

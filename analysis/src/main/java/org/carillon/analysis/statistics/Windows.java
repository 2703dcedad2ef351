package org.carillon.analysis.statistics;

/** Whether two workers put the same event into the same window. */
public sealed interface Windows {

  /** How many events both workers stamped. */
  long pairs();

  /** How many both put into the same window. */
  long agree();

  /** How many they put into different windows. */
  long disagree();

  /** By a clock that gives points. */
  record Point(long pairs, long agree) implements Windows {
    @Override
    public long disagree() {
      return pairs - agree;
    }
  }

  /** By a clock that gives intervals: ambiguous where one reaches over a window's edge. */
  record Interval(long pairs, long confident, long agree, long ambiguous) implements Windows {
    @Override
    public long disagree() {
      return confident - agree;
    }
  }
}

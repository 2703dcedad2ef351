package org.carillon.control.statistics;

import org.HdrHistogram.Histogram;

/**
 * Records how late things were, for one thread; without a lock and without making objects. What it
 * holds is to be asked for when that thread has ended, or by it.
 */
public final class LatenessRecorder {

  private static final Histogram NONE = new Histogram(Buckets.SIGNIFICANT_DIGITS);

  private final Histogram histogram =
      new Histogram(1, Buckets.VALUE_MAX, Buckets.SIGNIFICANT_DIGITS);

  /**
   * Records one.
   *
   * @param latenessNs ≥ 0; beyond 73 minutes it counts as 73 minutes
   */
  public void record(long latenessNs) {
    histogram.recordValue(Math.min(latenessNs, Buckets.VALUE_MAX));
  }

  /** All so far. */
  public LatencyHistogram total() {
    return LatencyHistogram.of(histogram, NONE);
  }
}

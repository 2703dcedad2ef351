package org.carillon.control.statistics;

import org.HdrHistogram.Histogram;

/**
 * Records latencies, for any threads. Recording takes tens of nanoseconds: the lock is rarely
 * wanted by two, and nobody holds it for longer than it takes to exchange two histograms.
 */
public final class LatencyRecorder {

  private final Object exchange = new Object();
  private Histogram notNegative = histogram();
  private Histogram negative = histogram();

  /** What {@link #interval} has given out; guarded by this. */
  private LatencyHistogram given = LatencyHistogram.EMPTY;

  private static Histogram histogram() {
    return new Histogram(Buckets.SIGNIFICANT_DIGITS); // grows as values need it
  }

  /**
   * Records one.
   *
   * @param latencyNs of any sign; beyond 73 minutes it counts as 73 minutes
   */
  public void record(long latencyNs) {
    synchronized (exchange) {
      recordLocked(latencyNs);
    }
  }

  /**
   * Records many under one lock.
   *
   * @param latenciesNs the first {@code count} of them
   */
  public void record(long[] latenciesNs, int count) {
    if (count == 0) {
      return;
    }
    synchronized (exchange) {
      for (int i = 0; i < count; i++) {
        recordLocked(latenciesNs[i]);
      }
    }
  }

  private void recordLocked(long latencyNs) {
    // In this order, since the smallest long has no magnitude.
    long magnitudeNs = Math.abs(Math.max(latencyNs, -Buckets.VALUE_MAX));
    magnitudeNs = Math.min(magnitudeNs, Buckets.VALUE_MAX);
    (latencyNs < 0 ? negative : notNegative).recordValue(magnitudeNs);
  }

  /** Those since the interval before; begins a new one. */
  public synchronized LatencyHistogram interval() {
    Histogram recordedNotNegative;
    Histogram recordedNegative;
    synchronized (exchange) {
      recordedNotNegative = notNegative;
      recordedNegative = negative;
      // Of the range that they have come to: whoever records does not let them grow anew.
      notNegative = new Histogram(recordedNotNegative);
      negative = new Histogram(recordedNegative);
    }
    LatencyHistogram interval = LatencyHistogram.of(recordedNotNegative, recordedNegative);
    given = given.plus(interval);
    return interval;
  }

  /** All that were ever recorded; leaves the interval as it is. */
  public synchronized LatencyHistogram total() {
    Histogram recordedNotNegative;
    Histogram recordedNegative;
    synchronized (exchange) {
      recordedNotNegative = notNegative.copy();
      recordedNegative = negative.copy();
    }
    return given.plus(LatencyHistogram.of(recordedNotNegative, recordedNegative));
  }
}

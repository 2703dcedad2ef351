package org.carillon.core.time;

/**
 * One moment on both scales of a node, read again and again into the same object: the clock is read
 * between two readings of the counter. What {@link Moment#now} tells as a record.
 */
final class ScaleReading {

  /** Reading the counter twice and the clock in between takes less, if nothing comes in between. */
  private static final long WIDE_NS = 2_000;

  private static final int ATTEMPTS = 4;

  private long beforeNs;
  private long realtimeNs;
  private long afterNs;

  /** Reads them now; again if something came in between, and then the closest readings count. */
  void read(ClockSource clock) {
    beforeNs = clock.rawNs();
    realtimeNs = clock.realtimeNs();
    afterNs = clock.rawNs();
    for (int i = 1; i < ATTEMPTS && afterNs - beforeNs > WIDE_NS; i++) {
      long startNs = clock.rawNs();
      long betweenNs = clock.realtimeNs();
      long endNs = clock.rawNs();
      if (endNs - startNs < afterNs - beforeNs) {
        beforeNs = startNs;
        realtimeNs = betweenNs;
        afterNs = endNs;
      }
    }
  }

  /** The machine's CLOCK_REALTIME. */
  long realtimeNs() {
    return realtimeNs;
  }

  /** The counter, at the earliest. */
  long earliestRawNs() {
    return beforeNs;
  }

  /** The counter, at the latest. */
  long latestRawNs() {
    return afterNs;
  }
}

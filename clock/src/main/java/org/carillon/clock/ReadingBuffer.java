package org.carillon.clock;

import java.util.Optional;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;

/**
 * A reading that is filled again and again by {@link BoundedClock#read}, so that many readings cost
 * no garbage. It belongs to one thread.
 */
public final class ReadingBuffer {

  private long earliestNs;
  private long bestNs;
  private long latestNs;
  private ClockStatus status = ClockStatus.UNSYNCHRONIZED;

  void setUnsynchronized() {
    status = ClockStatus.UNSYNCHRONIZED;
  }

  void set(long earliestNs, long bestNs, long latestNs, ClockStatus status) {
    this.earliestNs = earliestNs;
    this.bestNs = bestNs;
    this.latestNs = latestNs;
    this.status = status;
  }

  /** How good the reading is; if unsynchronized, there is no interval. */
  public ClockStatus status() {
    return status;
  }

  /**
   * Lower bound, rounded down, ns since the Unix epoch.
   *
   * @throws IllegalStateException if unsynchronized, as with the other two
   */
  public long earliestNs() {
    requireInterval();
    return earliestNs;
  }

  /** Best estimate, within the bounds, ns since the Unix epoch. */
  public long bestNs() {
    requireInterval();
    return bestNs;
  }

  /** Upper bound, rounded up, later than the lower one, ns since the Unix epoch. */
  public long latestNs() {
    requireInterval();
    return latestNs;
  }

  private void requireInterval() {
    if (status == ClockStatus.UNSYNCHRONIZED) {
      throw new IllegalStateException("an unsynchronized clock has no interval");
    }
  }

  /** A copy to keep; empty exactly if unsynchronized. */
  public Optional<Reading> toReading() {
    return status == ClockStatus.UNSYNCHRONIZED
        ? Optional.empty()
        : Optional.of(new Reading(earliestNs, bestNs, latestNs, status));
  }
}

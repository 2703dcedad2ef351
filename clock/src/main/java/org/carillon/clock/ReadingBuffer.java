package org.carillon.clock;

import java.util.Optional;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;

/**
 * A {@link ClockState} that is filled again and again by {@link BoundedClock#read}, so that many
 * readings cost no garbage. It belongs to one thread.
 */
public final class ReadingBuffer {

  private long earliestNs;
  private long bestNs;
  private long latestNs;
  private ClockStatus status = ClockStatus.UNSYNCHRONIZED;
  private long measuredOffsetNs;
  private long measuredErrorNs;

  void setUnsynchronized() {
    status = ClockStatus.UNSYNCHRONIZED;
  }

  void set(long earliestNs, long bestNs, long latestNs, ClockStatus status) {
    this.earliestNs = earliestNs;
    this.bestNs = bestNs;
    this.latestNs = latestNs;
    this.status = status;
  }

  /** Means something only if synchronized: a value past its age is no measurement. */
  void setMeasured(long offsetNs, long errorNs) {
    measuredOffsetNs = offsetNs;
    measuredErrorNs = errorNs;
  }

  /**
   * Relates the measured offset to the node's clock, and no longer to its counter.
   *
   * @param localNs the node's clock at the moment of the reading
   * @param rawNs the counter at that moment, at the latest
   * @param rawUncertaintyNs how much earlier on the counter it may have been: so much less is known
   */
  public void relateToLocal(long localNs, long rawNs, long rawUncertaintyNs) {
    measuredOffsetNs += rawNs - localNs;
    measuredErrorNs += rawUncertaintyNs;
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

  /** Whether there is a measured offset: exactly if synchronized. */
  public boolean isMeasured() {
    return status == ClockStatus.SYNCHRONIZED;
  }

  /**
   * True time minus the clock, as measured.
   *
   * @throws IllegalStateException if not measured, as with the other one
   */
  public long measuredOffsetNs() {
    requireMeasured();
    return measuredOffsetNs;
  }

  /** How far off that may be to either side, ns, ≥ 0. */
  public long measuredErrorNs() {
    requireMeasured();
    return measuredErrorNs;
  }

  private void requireMeasured() {
    if (!isMeasured()) {
      throw new IllegalStateException("a clock that is not synchronized has no measured offset");
    }
  }

  /** A copy of the reading to keep; empty exactly if unsynchronized. */
  public Optional<Reading> toReading() {
    return status == ClockStatus.UNSYNCHRONIZED
        ? Optional.empty()
        : Optional.of(new Reading(earliestNs, bestNs, latestNs, status));
  }

  /** A copy of all to keep. */
  public ClockState toState() {
    return new ClockState(
        status,
        toReading(),
        isMeasured()
            ? Optional.of(new MeasuredOffset(measuredOffsetNs, measuredErrorNs))
            : Optional.empty());
  }
}

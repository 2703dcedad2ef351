package org.carillon.core.time;

/**
 * A bounded timestamp: true time lies in [earliest, latest] as long as the clock's assumptions
 * hold. Never of zero width: a clock that claims certainty is lying.
 *
 * @param earliestNs lower bound, rounded down, ns since the Unix epoch
 * @param bestNs best estimate, within the bounds
 * @param latestNs upper bound, rounded up
 * @param status {@code SYNCHRONIZED} or {@code HOLDOVER}; without a sample there is no reading
 */
public record Reading(long earliestNs, long bestNs, long latestNs, ClockStatus status) {
  public Reading {
    if (earliestNs >= latestNs || bestNs < earliestNs || bestNs > latestNs) {
      throw new IllegalArgumentException(
          "not a bounded reading: " + earliestNs + " ≤ " + bestNs + " ≤ " + latestNs);
    }
    if (status == ClockStatus.UNSYNCHRONIZED) {
      throw new IllegalArgumentException("an unsynchronized clock has no reading");
    }
  }

  /** Width of the interval in ns, at least 1. */
  public long widthNs() {
    return latestNs - earliestNs;
  }
}

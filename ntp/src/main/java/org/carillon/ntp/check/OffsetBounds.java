package org.carillon.ntp.check;

/**
 * What is known of an offset, true time minus what a clock shows: positive if the clock is behind.
 *
 * @param lowestNs lower bound, rounded down
 * @param bestNs best estimate, within the bounds
 * @param highestNs upper bound, rounded up
 */
public record OffsetBounds(long lowestNs, long bestNs, long highestNs) {
  public OffsetBounds {
    if (lowestNs > bestNs || bestNs > highestNs) {
      throw new IllegalArgumentException(
          "not bounds: " + lowestNs + " ≤ " + bestNs + " ≤ " + highestNs);
    }
  }

  /** Bounds at equal distances from the best estimate. */
  public static OffsetBounds around(long bestNs, long errorNs) {
    return new OffsetBounds(bestNs - errorNs, bestNs, bestNs + errorNs);
  }

  /** The most that the best estimate is off, ns. */
  public long errorNs() {
    return Math.max(highestNs - bestNs, bestNs - lowestNs);
  }

  /** Half the width of the interval, rounded up: how well the offset is known, ns. */
  public long halfWidthNs() {
    return Math.ceilDiv(highestNs - lowestNs, 2);
  }

  /** The offset is no farther from zero than this, ns. */
  public long atMostNs() {
    return Math.max(Math.abs(lowestNs), Math.abs(highestNs));
  }

  /** The offset is at least that far from zero, ns; 0 if it can be zero. */
  public long atLeastNs() {
    return Math.max(0, Math.max(lowestNs, -highestNs));
  }

  /** The difference of this offset and another one of the same moment. */
  public OffsetBounds minus(OffsetBounds other) {
    return new OffsetBounds(
        lowestNs - other.highestNs, bestNs - other.bestNs, highestNs - other.lowestNs);
  }

  /** Wider by this much on either side, ns ≥ 0. */
  public OffsetBounds widenedBy(long ns) {
    return new OffsetBounds(lowestNs - ns, bestNs, highestNs + ns);
  }
}

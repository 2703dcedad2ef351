package org.carillon.clock;

/**
 * The best guess of offset and rate: a straight line from the newest sample of a server on.
 *
 * @param rawNs moment of that sample
 * @param baseNs an offset to count from
 * @param aboveBaseNs the estimated offset at that moment, above the base
 * @param rateNsPerS the estimated rate of the offset, ns per second of raw time
 */
record OffsetEstimate(long rawNs, long baseNs, double aboveBaseNs, double rateNsPerS) {

  private static final double SECOND_NS = 1e9;

  /** As it is, but with a rate that is possible. */
  OffsetEstimate within(PlausibleStates states) {
    ConvexPolygon.Span possible = states.ratesNsPerS();
    return new OffsetEstimate(
        rawNs, baseNs, aboveBaseNs, Math.clamp(rateNsPerS, possible.lowest(), possible.highest()));
  }

  /** The estimated offset at a moment, rounded to the nearest. */
  long offsetNs(long atRawNs) {
    return baseNs + Math.round(aboveBaseNs + rateNsPerS * ((atRawNs - rawNs) / SECOND_NS));
  }
}

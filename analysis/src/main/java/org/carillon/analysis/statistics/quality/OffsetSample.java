package org.carillon.analysis.statistics.quality;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a clock was found to be off at a moment.
 *
 * @param timeNs the moment, in ns, by that clock itself
 * @param offsetNs true time less the clock; within ±2^62, so that differences fit
 * @param errorNs how far that can be off to either side; empty if nobody says
 */
record OffsetSample(long timeNs, long offsetNs, OptionalLong errorNs) {

  /** Beyond it a number is damage, and differences would overflow. */
  static final long MAX_NS = 1L << 62;

  OffsetSample {
    if (offsetNs < -MAX_NS
        || offsetNs > MAX_NS
        || timeNs < -MAX_NS
        || timeNs > MAX_NS
        || errorNs.orElse(0) < 0) {
      throw new IllegalArgumentException(offsetNs + " ± " + errorNs + " ns at " + timeNs);
    }
  }

  /** The same, or nothing if the numbers are damage. */
  static Optional<OffsetSample> of(long timeNs, long offsetNs, OptionalLong errorNs) {
    return offsetNs < -MAX_NS || offsetNs > MAX_NS || timeNs < -MAX_NS || timeNs > MAX_NS
        ? Optional.empty()
        : Optional.of(new OffsetSample(timeNs, offsetNs, errorNs));
  }

  /** The middle of bounds of the offset, which lie in order, and how far that can be off. */
  static Optional<OffsetSample> between(long timeNs, long leastNs, long mostNs) {
    if (leastNs < -MAX_NS / 2 || mostNs > MAX_NS / 2) {
      return Optional.empty();
    }
    long halfNs = (mostNs - leastNs + 1) / 2;
    return of(timeNs, mostNs - halfNs, OptionalLong.of(halfNs));
  }
}

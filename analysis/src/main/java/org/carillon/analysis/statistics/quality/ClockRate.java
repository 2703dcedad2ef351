package org.carillon.analysis.statistics.quality;

import java.util.List;
import java.util.Optional;

/**
 * How fast a clock ran against true time, in parts per billion of its own time; positive if it
 * gained.
 *
 * @param ppb between two measurements: − (change of the offset) / (time between them)
 * @param leastPpb at least, if both are right to their errors
 * @param mostPpb at most, likewise
 */
public record ClockRate(long ppb, long leastPpb, long mostPpb) {

  private static final double PPB = 1e9;

  /** Between two measurements whose errors are known, the second of which is later. */
  static ClockRate between(OffsetSample first, OffsetSample second) {
    double changeNs = (double) second.offsetNs() - first.offsetNs();
    double apartNs = second.timeNs() - first.timeNs();
    double errorNs = (double) first.errorNs().orElseThrow() + second.errorNs().orElseThrow();
    return new ClockRate(
        Math.round(-changeNs * PPB / apartNs),
        (long) Math.floor((-changeNs - errorNs) * PPB / apartNs),
        (long) Math.ceil((-changeNs + errorNs) * PPB / apartNs));
  }

  /**
   * Over a whole series: between the best measurement of its first quarter and that of its last.
   */
  static Optional<ClockRate> over(List<OffsetSample> samples) {
    List<OffsetSample> ends = Stretches.best(samples, 4);
    return ends.size() < 2
        ? Optional.empty()
        : Optional.of(between(ends.getFirst(), ends.getLast()));
  }
}

package org.carillon.analysis.statistics.quality;

import java.util.List;
import java.util.OptionalLong;

/**
 * Measurements whose error is more than twice the median error. Those of a queue somewhere would
 * hide what the clock does: one answer that waited for 70 ms moves a deviation at every τ.
 */
final class Coarse {

  private Coarse() {}

  /** A series without them; the same if errors are not known. */
  static OffsetSeries without(OffsetSeries series) {
    OptionalLong limitNs = limitNs(series.samples().stream().map(OffsetSample::errorNs).toList());
    return new OffsetSeries(
        series.data(),
        series.samples().stream().filter(s -> !beyond(s.errorNs(), limitNs)).toList(),
        series.noiseNs(),
        series.breaksNs());
  }

  /** Twice the median of the errors that are known; empty if none is. */
  static OptionalLong limitNs(List<OptionalLong> errorsNs) {
    long[] known = errorsNs.stream().flatMapToLong(OptionalLong::stream).sorted().toArray();
    return known.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(2 * Math.min(known[(known.length - 1) / 2], OffsetSample.MAX_NS / 2));
  }

  /** Whether an error is beyond the limit, or not known where others are. */
  static boolean beyond(OptionalLong errorNs, OptionalLong limitNs) {
    return limitNs.isPresent() && errorNs.orElse(Long.MAX_VALUE) > limitNs.getAsLong();
  }
}

package org.carillon.analysis.statistics.quality;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.store.Cursor;

/**
 * What a clock read at one event.
 *
 * @param systemNs the node's own clock
 * @param offsetNs its estimate less that; empty if it gives none
 * @param earliestNs its lower bound less that, likewise
 * @param latestNs its upper bound less that, likewise
 * @param trueNs true time; empty unless known
 */
record Reading(
    long systemNs,
    OptionalLong offsetNs,
    OptionalLong earliestNs,
    OptionalLong latestNs,
    OptionalLong trueNs) {

  /** A row of clock_series.sql, whose first columns are node and clock. */
  static Reading of(Cursor row) {
    return new Reading(
        row.number(3),
        row.optionalNumber(4),
        row.optionalNumber(5),
        row.optionalNumber(6),
        row.optionalNumber(7));
  }

  /** The middle of the interval; empty if there is none. */
  Optional<OffsetSample> interval() {
    return earliestNs.isEmpty() || latestNs.isEmpty()
        ? Optional.empty()
        : OffsetSample.between(systemNs, earliestNs.getAsLong(), latestNs.getAsLong());
  }

  /**
   * How far the estimates were from true time.
   *
   * @param breaksNs when the node's clock was set
   * @return empty if true time is not known
   */
  static Optional<OffsetSeries> againstTruth(List<Reading> readings, List<Long> breaksNs) {
    List<OffsetSample> samples =
        readings.stream().map(Reading::againstTruth).flatMap(Optional::stream).toList();
    return samples.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OffsetSeries("true time at events", samples, OptionalLong.of(0), breaksNs));
  }

  private Optional<OffsetSample> againstTruth() {
    return trueNs.isEmpty() || offsetNs.isEmpty()
        ? Optional.empty()
        : OffsetSample.of(
            systemNs + offsetNs.getAsLong(),
            trueNs.getAsLong() - systemNs - offsetNs.getAsLong(),
            OptionalLong.of(0));
  }
}

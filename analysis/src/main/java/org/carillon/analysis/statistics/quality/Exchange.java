package org.carillon.analysis.statistics.quality;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.store.Cursor;

/**
 * An accepted exchange of a node with a time server.
 *
 * @param server its name
 * @param localNs its end by the node's clock
 * @param offsetNs true time less that clock, as measured
 * @param errorNs how far that can be off; empty if not known
 * @param delayNs how long question and answer were under way
 * @param counterNs its end by the node's free-running counter
 * @param counterOffsetNs true time less that counter
 */
record Exchange(
    String server,
    long localNs,
    long offsetNs,
    OptionalLong errorNs,
    OptionalLong delayNs,
    OptionalLong counterNs,
    OptionalLong counterOffsetNs) {

  /** A row of exchanges.sql, whose first column is the node. */
  static Exchange of(Cursor row) {
    return new Exchange(
        row.text(2),
        row.number(3),
        row.number(4),
        row.optionalNumber(5),
        row.optionalNumber(6),
        row.optionalNumber(7),
        row.optionalNumber(8));
  }

  Optional<OffsetSample> ofClock() {
    return OffsetSample.of(localNs, offsetNs, errorNs);
  }

  /** Less an offset that the counter had before, since it has no epoch. */
  Optional<OffsetSample> ofCounter(long baseNs) {
    return counterNs.isEmpty() || counterOffsetNs.isEmpty()
        ? Optional.empty()
        : OffsetSample.of(counterNs.getAsLong(), counterOffsetNs.getAsLong() - baseNs, errorNs);
  }

  /**
   * How far offsets scatter because of the network alone: the root mean square of half the delay
   * beyond the least one, which is how far a queue on one way only moves an offset. Those that are
   * {@link Coarse} do not count.
   *
   * @return empty if a delay is not known
   */
  static OptionalLong noiseNs(List<Exchange> exchanges) {
    if (exchanges.isEmpty() || exchanges.stream().anyMatch(e -> e.delayNs.isEmpty())) {
      return OptionalLong.empty();
    }
    OptionalLong limitNs = Coarse.limitNs(exchanges.stream().map(Exchange::errorNs).toList());
    long[] delaysNs =
        exchanges.stream()
            .filter(e -> !Coarse.beyond(e.errorNs, limitNs))
            .mapToLong(e -> e.delayNs.getAsLong())
            .sorted()
            .toArray();
    double squares = 0;
    for (long delayNs : delaysNs) {
      squares += Math.pow(((double) delayNs - delaysNs[0]) / 2, 2);
    }
    return OptionalLong.of(Math.round(Math.sqrt(squares / delaysNs.length)));
  }
}

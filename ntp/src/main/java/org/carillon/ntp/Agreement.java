package org.carillon.ntp;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells servers that can be right from falsetickers, after Marzullo's algorithm (RFC 5905 §11.2.1).
 *
 * <p>Find the offsets that as many servers' intervals as possible hold. If these servers are more
 * than half of all, true time is taken to be among those offsets, and a server whose interval holds
 * none of them is a falseticker. Otherwise nothing tells who is right, and nobody is believed. One
 * server alone is believed; of two, both or neither.
 *
 * <p>There may be several such places (A meets B and B meets C, but A misses C). Any two majorities
 * share a member, and a server that belongs to the first and the last place covers all between, so
 * there is always one whose interval holds them all; only such a server may give the interval.
 *
 * @param selected the narrowest server that holds every place; empty without a majority
 * @param falsetickers servers that hold no place; without a majority, all
 */
record Agreement(Optional<Measurement> selected, List<Measurement> falsetickers) {

  /**
   * @param measurements one per server, at least one
   * @param nowNs local time at which their intervals are compared
   */
  static Agreement of(List<Measurement> measurements, long nowNs, DriftBound drift) {
    // The number of intervals that hold an offset rises only at a lower edge of one, so the lower
    // edges are all the offsets to try. With a handful of servers, the square of it is nothing.
    record Place(long offsetNs, long holders) {}
    List<Place> places =
        measurements.stream()
            .mapToLong(one -> one.offsetNs() - one.errorNsAt(nowNs, drift))
            .sorted()
            .mapToObj(
                edgeNs ->
                    new Place(
                        edgeNs,
                        measurements.stream()
                            .filter(other -> holds(other, edgeNs, nowNs, drift))
                            .count()))
            .toList();
    long most = places.stream().mapToLong(Place::holders).max().orElseThrow();
    if (most * 2 <= measurements.size()) {
      return new Agreement(Optional.empty(), measurements);
    }
    List<Place> best = places.stream().filter(place -> place.holders() == most).toList();
    long firstNs = best.getFirst().offsetNs();
    long lastNs = best.getLast().offsetNs();
    return new Agreement(
        measurements.stream()
            .filter(one -> holds(one, firstNs, nowNs, drift) && holds(one, lastNs, nowNs, drift))
            .min(Comparator.comparingLong(one -> one.errorNsAt(nowNs, drift))),
        measurements.stream()
            .filter(one -> best.stream().noneMatch(p -> holds(one, p.offsetNs(), nowNs, drift)))
            .toList());
  }

  private static boolean holds(
      Measurement measurement, long offsetNs, long nowNs, DriftBound drift) {
    return Math.abs(offsetNs - measurement.offsetNs()) <= measurement.errorNsAt(nowNs, drift);
  }
}

package org.carillon.clock;

import java.util.Comparator;
import java.util.List;

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
 * there is always one whose interval holds them all; only such servers may narrow the interval.
 *
 * @param believed servers that hold every place, narrowest first; empty without a majority
 * @param falsetickers servers that hold no place; without a majority, all
 * @param <S> how a server is known
 */
record Agreement<S>(List<Candidate<S>> believed, List<Candidate<S>> falsetickers) {

  /**
   * A server that may be right.
   *
   * @param states that it leaves, at the moment of the comparison
   * @param offsets of these
   */
  record Candidate<S>(S track, PlausibleStates states, PlausibleStates.Offsets offsets) {

    static <S> Candidate<S> of(S track, PlausibleStates states, long nowNs) {
      PlausibleStates now = states.at(nowNs);
      return new Candidate<>(track, now, now.offsetsAt(nowNs));
    }

    private boolean holds(Place place) {
      return offsets.hold(place.offsetNs());
    }
  }

  /** An offset, and how many servers hold it. */
  private record Place(long offsetNs, long holders) {}

  /**
   * @param candidates one per server, at least one
   */
  static <S> Agreement<S> of(List<Candidate<S>> candidates) {
    // The number of intervals that hold an offset rises only at a lower edge of one, so the lower
    // edges are all the offsets to try. With a handful of servers, the square of it is nothing.
    List<Place> places =
        candidates.stream()
            .mapToLong(one -> one.offsets().lowestNs())
            .sorted()
            .mapToObj(
                edgeNs ->
                    new Place(
                        edgeNs,
                        candidates.stream().filter(one -> one.offsets().hold(edgeNs)).count()))
            .toList();
    long most = places.stream().mapToLong(Place::holders).max().orElseThrow();
    if (most * 2 <= candidates.size()) {
      return new Agreement<>(List.of(), candidates);
    }
    List<Place> best = places.stream().filter(place -> place.holders() == most).toList();
    return new Agreement<>(
        candidates.stream()
            .filter(one -> one.holds(best.getFirst()) && one.holds(best.getLast()))
            .sorted(Comparator.comparingLong(one -> one.offsets().widthNs()))
            .toList(),
        candidates.stream().filter(one -> best.stream().noneMatch(one::holds)).toList());
  }
}

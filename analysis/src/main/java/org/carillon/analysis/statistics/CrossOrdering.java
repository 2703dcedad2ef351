package org.carillon.analysis.statistics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether the order is provable of two different events that were sent one shortly after the other,
 * one of them at one worker and the other at another; and whether clocks that give points tell the
 * same.
 *
 * @param byGap by how far apart the two were sent at most, in ns; each pair is in one
 */
public record CrossOrdering(SortedMap<Long, Counts> byGap) {

  /** So many events before an event and after it are its neighbours. */
  public static final int NEIGHBOURS = 4;

  /** Events that were sent further apart than this are not compared. */
  public static final long WITHIN_NS = 1_000_000_000L;

  /** The sizes of {@link #within}: 10 µs, 100 µs, … 1 s. */
  private static final List<Long> GAPS_NS =
      List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L, 100_000_000L, WITHIN_NS);

  public CrossOrdering {
    byGap = Collections.unmodifiableSortedMap(new TreeMap<>(byGap));
  }

  /**
   * Of some pairs of an event at one worker and another at the other.
   *
   * @param firstBefore how often the first worker's provably came first
   * @param secondBefore how often the second worker's provably came first
   * @param ambiguous how often the intervals overlap
   * @param contradicted by point clock: of the provable pairs that it has times for at both ends,
   *     how many it puts the other way round
   */
  public record Counts(
      long pairs,
      long firstBefore,
      long secondBefore,
      long ambiguous,
      Map<Clock, Rate> contradicted) {

    /** Of nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, Map.of());

    /** These and others. */
    public Counts plus(Counts other) {
      Map<Clock, Rate> sum = new EnumMap<>(Clock.class);
      sum.putAll(contradicted);
      other.contradicted.forEach((clock, rate) -> sum.merge(clock, rate, Rate::plus));
      return new Counts(
          pairs + other.pairs,
          firstBefore + other.firstBefore,
          secondBefore + other.secondBefore,
          ambiguous + other.ambiguous,
          sum);
    }

    /** The share of pairs of whose order nothing is known. */
    public Rate ambiguousRate() {
      return new Rate(ambiguous, pairs);
    }
  }

  /** Of all pairs. */
  public Counts total() {
    return byGap.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /**
   * Of the pairs that were sent no further apart than each gap: always the same gaps, whatever
   * pairs there are, so that a number has its place in every run.
   */
  public SortedMap<Long, Counts> within() {
    Map<Clock, Rate> none = new EnumMap<>(Clock.class);
    total().contradicted().keySet().forEach(clock -> none.put(clock, new Rate(0, 0)));
    Counts nothing = new Counts(0, 0, 0, 0, none);
    SortedMap<Long, Counts> sums = new TreeMap<>();
    for (long gapNs : GAPS_NS) {
      sums.put(gapNs, byGap.headMap(gapNs + 1).values().stream().reduce(nothing, Counts::plus));
    }
    return sums;
  }

  /** These and others by the same clock. */
  public CrossOrdering plus(CrossOrdering other) {
    SortedMap<Long, Counts> sum = new TreeMap<>(byGap);
    other.byGap.forEach((gap, counts) -> sum.merge(gap, counts, Counts::plus));
    return new CrossOrdering(sum);
  }
}

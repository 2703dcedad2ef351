package org.carillon.analysis.statistics;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * The statistics of all workers, or of all pairs of them, together: counts are sums, and
 * percentiles are those of all values in one distribution. A clock that nothing can be said of is
 * left out.
 *
 * @param latency by clock
 * @param latencyBounds by interval clock
 * @param causality by clock
 * @param ordering by interval clock
 * @param crossOrdering by interval clock
 * @param windows by window size in ns and clock
 * @param smallestWindow by interval clock
 * @param commitWait by interval clock
 */
public record Totals(
    Map<Clock, Distribution> latency,
    Map<Clock, LatencyBounds> latencyBounds,
    Map<Clock, Causality> causality,
    Map<Clock, Ordering> ordering,
    Map<Clock, CrossOrdering> crossOrdering,
    Map<Long, Map<Clock, Windows>> windows,
    Map<Clock, SmallestWindow> smallestWindow,
    Map<Clock, CommitWait> commitWait) {

  /** The name of all workers together, or of all pairs of them. */
  public static final String ALL = "all";

  /** Of a run without events. */
  static final Totals NOTHING =
      new Totals(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  /** The sums of what is known, by clock. */
  static <T> Map<Clock, T> sums(Map<Clock, PerNode<T>> byClock, BinaryOperator<T> plus) {
    Map<Clock, T> sums = new EnumMap<>(Clock.class);
    byClock.forEach(
        (clock, perNode) ->
            perNode.known().values().stream().reduce(plus).ifPresent(sum -> sums.put(clock, sum)));
    return sums;
  }

  /** The sums of what is known about windows, by size and clock. */
  static Map<Long, Map<Clock, Windows>> windowSums(
      Map<Long, Map<Clock, PerNode<Windows>>> windows) {
    Map<Long, Map<Clock, Windows>> sums = new LinkedHashMap<>();
    windows.forEach((sizeNs, byClock) -> sums.put(sizeNs, sums(byClock, Windows::plus)));
    return sums;
  }
}

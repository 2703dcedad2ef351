package org.carillon.analysis.statistics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Latency by each clock, from the distributions. */
final class LatencyStatistics {

  private static final List<Clock> WITH_ESTIMATES =
      List.of(Clock.SYSTEM, Clock.NTP, Clock.CHRONOTICK, Clock.BOUNDED);

  private final Distributions distributions;

  LatencyStatistics(Distributions distributions) {
    this.distributions = distributions;
  }

  /** By best estimates. */
  Map<Clock, PerNode<Distribution>> estimates(Comparisons comparisons) {
    Map<Clock, PerNode<Distribution>> all = new EnumMap<>(Clock.class);
    for (Clock clock : WITH_ESTIMATES) {
      all.put(
          clock, comparisons.endToEnd(clock, false, byWorker(distributions.of("latency", clock))));
    }
    return all;
  }

  /** By best estimates, all workers' values together. */
  Map<Clock, Distribution> estimatesOfAll() {
    Map<Clock, Distribution> all = new EnumMap<>(Clock.class);
    for (Clock clock : WITH_ESTIMATES) {
      Distribution together = distributions.of("latency", clock).get(Optional.<String>empty());
      if (together != null) {
        all.put(clock, together);
      }
    }
    return all;
  }

  /** By bounds. */
  Map<Clock, PerNode<LatencyBounds>> bounds(Comparisons comparisons) {
    Map<Clock, PerNode<LatencyBounds>> all = new EnumMap<>(Clock.class);
    for (Clock clock : comparisons.clocks(true)) {
      all.put(clock, comparisons.endToEnd(clock, true, byWorker(bounds(clock))));
    }
    return all;
  }

  /** By bounds, all workers' values together. */
  Map<Clock, LatencyBounds> boundsOfAll(Comparisons comparisons) {
    Map<Clock, LatencyBounds> all = new EnumMap<>(Clock.class);
    for (Clock clock : comparisons.clocks(true)) {
      LatencyBounds together = bounds(clock).get(Optional.<String>empty());
      if (together != null) {
        all.put(clock, together);
      }
    }
    return all;
  }

  private Map<Optional<String>, LatencyBounds> bounds(Clock clock) {
    Map<Optional<String>, Distribution> latest = distributions.of("latency_latest", clock);
    Map<Optional<String>, LatencyBounds> all = new HashMap<>();
    distributions
        .of("latency_earliest", clock)
        .forEach(
            (node, earliest) ->
                all.put(
                    node,
                    new LatencyBounds(
                        earliest,
                        latest.get(node),
                        distributions.negative("latency_earliest", clock, node),
                        distributions.negative("latency_latest", clock, node))));
    return all;
  }

  /** Without what is known of all workers together. */
  static <T> Map<String, T> byWorker(Map<Optional<String>, T> all) {
    Map<String, T> byWorker = new HashMap<>();
    all.forEach((node, value) -> node.ifPresent(name -> byWorker.put(name, value)));
    return byWorker;
  }
}

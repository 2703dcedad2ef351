package org.carillon.analysis.statistics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.analysis.statistics.quality.Quality;

/**
 * Everything that an analysis computes, in the order of {@code summary.json}.
 *
 * @param sent events that the coordinator sent
 * @param workers what became of them, by worker
 * @param latency by clock and worker
 * @param latencyBounds by interval clock and worker
 * @param causality by clock and worker
 * @param ordering by interval clock and pair of workers
 * @param across of different events
 * @param windows by window size in ns, clock and pair of workers
 * @param smallestWindow by interval clock and pair of workers
 * @param commitWait by interval clock and worker
 * @param totals of all workers, or pairs of workers, together
 * @param coverage by interval clock and node, the coordinator included; empty unless true time is
 *     known
 * @param mixedSources comparisons that are none, if they were asked for
 * @param hindsight what it is made from and what it brings
 * @param models how good claims about clocks are, by model and node; the run's own clocks are
 *     models too
 * @param incidents what happened to the nodes' clocks, by node; nodes without any are left out
 * @param quality how good clocks, network and sender were
 * @param input what became of every line of every file
 */
public record Summary(
    long sent,
    Map<String, Accounting> workers,
    Map<Clock, PerNode<Distribution>> latency,
    Map<Clock, PerNode<LatencyBounds>> latencyBounds,
    Map<Clock, PerNode<Causality>> causality,
    Map<Clock, PerNode<Ordering>> ordering,
    Across across,
    Map<Long, Map<Clock, PerNode<Windows>>> windows,
    Map<Clock, PerNode<SmallestWindow>> smallestWindow,
    Map<Clock, PerNode<CommitWait>> commitWait,
    Totals totals,
    Map<Clock, Map<String, Coverage>> coverage,
    Optional<MixedSources> mixedSources,
    HindsightSummary hindsight,
    Map<String, Map<String, ModelJudgement>> models,
    Map<String, Incidents> incidents,
    Quality quality,
    List<InputAccount> input) {

  /** Of a run without events. */
  public static final Summary NOTHING =
      new Summary(
          0,
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          new Across(1, Map.of()),
          Map.of(),
          Map.of(),
          Map.of(),
          Totals.NOTHING,
          Map.of(),
          Optional.empty(),
          HindsightSummary.none("no events were sent"),
          Map.of(),
          Map.of(),
          Quality.NONE,
          List.of());

  /** The same with what is known of the quality. */
  Summary with(Quality known) {
    return new Summary(
        sent,
        workers,
        latency,
        latencyBounds,
        causality,
        ordering,
        across,
        windows,
        smallestWindow,
        commitWait,
        totals,
        coverage,
        mixedSources,
        hindsight,
        models,
        incidents,
        known,
        input);
  }

  /** The name of the coordinator among the nodes of {@link #coverage}. */
  public static final String COORDINATOR = "coordinator";

  /**
   * The name of a node among others: of the coordinator if empty. A worker that is called so too is
   * told apart.
   */
  public static String nodeName(Optional<String> node) {
    return node.map(name -> name.equals(COORDINATOR) ? name + " (worker)" : name)
        .orElse(COORDINATOR);
  }

  /** The node that {@link #nodeName} named so: empty for the coordinator. */
  public static Optional<String> node(String name) {
    return name.equals(COORDINATOR)
        ? Optional.empty()
        : Optional.of(name.equals(nodeName(Optional.of(COORDINATOR))) ? COORDINATOR : name);
  }

  /**
   * The order of different events that were sent shortly after each other.
   *
   * @param everyNth only events whose id is a multiple of it begin a pair; 1 unless the run is long
   * @param byClock by interval clock and pair of workers
   */
  public record Across(long everyNth, Map<Clock, PerNode<CrossOrdering>> byClock) {}

  /**
   * Each worker clock against the coordinator's system clock.
   *
   * @param points best estimates, by clock and worker
   * @param intervals by interval clock and worker
   */
  public record MixedSources(
      Map<Clock, Map<String, Causality>> points, Map<Clock, Map<String, Causality>> intervals) {}
}

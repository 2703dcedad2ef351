package org.carillon.analysis.statistics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Commit wait by each clock that gives intervals, from the distributions of their widths. */
final class CommitWaitStatistics {

  /** The usual ε: 1, 2, 5, 10, … µs up to 1 s. */
  static final List<Long> EPSILONS_NS =
      IntStream.range(0, 19)
          .mapToObj(i -> (long) Math.pow(10, 3 + i / 3) * (i % 3 == 0 ? 1 : i % 3 == 1 ? 2 : 5))
          .toList();

  private static final List<Clock> CLOCKS = List.of(Clock.CHRONOTICK, Clock.BOUNDED);

  private final Distributions distributions;
  private final Map<Clock, Map<Optional<String>, Map<Long, Rate>>> coordination =
      new EnumMap<>(Clock.class);

  CommitWaitStatistics(Database database, Distributions distributions) {
    this.distributions = distributions;
    for (Row row : database.ask("coordination")) {
      Rate wider = new Rate(row.number("wider"), row.number("n"));
      for (Optional<String> node : List.of(row.optionalText("node"), Optional.<String>empty())) {
        coordination
            .computeIfAbsent(Clock.ofKey(row.text("clock")), _ -> new HashMap<>())
            .computeIfAbsent(node, _ -> new LinkedHashMap<>())
            .merge(row.number("epsilon_ns"), wider, Rate::plus);
      }
    }
  }

  /** By clock and worker. */
  Map<Clock, PerNode<CommitWait>> of(Comparisons comparisons) {
    Map<Clock, PerNode<CommitWait>> all = new EnumMap<>(Clock.class);
    for (Clock clock : CLOCKS) {
      all.put(clock, comparisons.atWorkers(clock, LatencyStatistics.byWorker(of(clock))));
    }
    return all;
  }

  /** By clock, all workers' intervals together. */
  Map<Clock, CommitWait> ofAll() {
    Map<Clock, CommitWait> all = new EnumMap<>(Clock.class);
    for (Clock clock : CLOCKS) {
      CommitWait together = of(clock).get(Optional.<String>empty());
      if (together != null) {
        all.put(clock, together);
      }
    }
    return all;
  }

  private Map<Optional<String>, CommitWait> of(Clock clock) {
    Map<Optional<String>, CommitWait> all = new HashMap<>();
    distributions
        .of("width", clock)
        .forEach(
            (node, atEvent) ->
                all.put(
                    node,
                    new CommitWait(
                        atEvent,
                        distributions.after("width_after", clock, node),
                        coordination.getOrDefault(clock, Map.of()).getOrDefault(node, Map.of()))));
    return all;
  }
}

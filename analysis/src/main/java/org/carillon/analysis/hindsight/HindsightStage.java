package org.carillon.analysis.hindsight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.NodeHindsight;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.IntervalSink;
import org.carillon.analysis.store.Row;
import org.carillon.clock.Assumptions;
import org.carillon.clock.Hindsight;
import org.carillon.clock.Measurement;
import org.carillon.clock.OneWayBound;

/**
 * The intervals of all nodes, in two rounds: first each node by its own samples, then the
 * coordinator by the latest of its workers' arrivals, and the workers by the earliest of its sends.
 */
public final class HindsightStage {

  /** No time of a run: an interval that reaches so far says nothing. */
  private static final long FAR_NS = 1L << 62;

  private final Database database;
  private final Map<Optional<String>, Assumptions> recorded = new HashMap<>();

  private HindsightStage(Database database) {
    this.database = database;
  }

  /** A node that has what it takes; the coordinator without a name. */
  private record Node(
      Optional<String> name,
      long moments,
      long servers,
      long samples,
      Assumptions assumptions,
      boolean recorded) {}

  /** What became of a node's events. */
  private static final class Tally {
    private long intervals;
    private long apart;
  }

  /**
   * Works all out and stores it.
   *
   * @param database whose rows have been judged
   */
  public static PerNode<NodeHindsight> of(Database database) {
    return new HindsightStage(database).work();
  }

  private PerNode<NodeHindsight> work() {
    for (Row row : database.ask("assumptions")) {
      RecordedAssumptions.parse(row.text("detail"))
          .ifPresent(assumptions -> recorded.put(row.optionalText("node"), assumptions));
    }
    Map<String, Judgement<NodeHindsight>> results = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    boolean anything = false;
    for (Row row : database.ask("hindsight_nodes")) {
      Optional<String> name = row.optionalText("node");
      anything |= row.number("moments") > 0 || row.number("samples") > 0;
      Optional<String> why = whyNot(row);
      if (why.isPresent()) {
        results.put(Summary.nodeName(name), new Judgement.NotComparable<>(why.get()));
      } else {
        nodes.add(
            new Node(
                name,
                row.number("moments"),
                row.number("servers"),
                row.number("samples"),
                recorded.getOrDefault(name, Assumptions.defaults()),
                recorded.containsKey(name)));
      }
    }
    if (!anything) {
      return PerNode.notComparable(
          "neither events nor samples have times on the nodes' counters (raw_time_ns, t1_raw_ns,"
              + " t4_raw_ns, error_ns); an older version or another program recorded them");
    }
    Map<String, Outcome> outcomes = outcomes(nodes);
    for (Node node : nodes) {
      String name = Summary.nodeName(node.name);
      results.put(name, new Judgement.Known<>(result(node, outcomes.get(name))));
    }
    database.judgeHindsight();
    return PerNode.of(results);
  }

  /** By name: from an earlier analysis of the same files, else worked out. */
  private Map<String, Outcome> outcomes(List<Node> nodes) {
    Optional<String> kept = database.findHindsight();
    if (kept.isPresent()) {
      return Outcome.parse(kept.get());
    }
    for (Node node : nodes) {
      try (IntervalSink sink = database.ownIntervals(node.name)) {
        store(node, own(node), sink);
      }
    }
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    // The coordinator has no name and comes first, so that the workers can rely on its result.
    for (Node node : nodes) {
      outcomes.put(Summary.nodeName(node.name), outcome(node));
    }
    if (!nodes.isEmpty()) {
      database.keepHindsight(Outcome.text(outcomes));
    }
    return outcomes;
  }

  private static Optional<String> whyNot(Row row) {
    if (row.number("moments") == 0) {
      return Optional.of("its events have no time on the node's counter (raw_time_ns)");
    }
    return row.number("samples") == 0
        ? Optional.of(
            "no accepted sample of its time servers is on record with times on the counter"
                + " (samples_"
                + row.optionalText("node").orElse(Summary.COORDINATOR)
                + ".csv)")
        : Optional.empty();
  }

  private Outcome outcome(Node node) {
    List<OneWayBound> bounds = bounds(node.name);
    Hindsight hindsight = own(node).and(bounds);
    Tally tally;
    try (IntervalSink sink = database.hindsightIntervals(node.name)) {
      tally = store(node, hindsight, sink);
    }
    return new Outcome(tally.intervals, tally.apart, bounds.size(), hindsight.refutedBounds());
  }

  private static NodeHindsight result(Node node, Outcome outcome) {
    return new NodeHindsight(
        node.assumptions.toString(),
        node.recorded,
        node.servers,
        node.samples,
        node.moments,
        outcome.intervals(),
        outcome.apart(),
        outcome.bounds(),
        outcome.refutedBounds(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private Hindsight own(Node node) {
    List<Measurement> measurements = new ArrayList<>();
    database.read(
        "measurements",
        row ->
            measurements.add(
                new Measurement(
                    row.text(1),
                    row.number(5),
                    middle(row.number(3) - row.number(2), row.number(4) - row.number(5)),
                    row.number(6),
                    0,
                    0,
                    1,
                    0,
                    0)),
        node.name.orElse(null));
    List<Long> jumps = new ArrayList<>();
    database.read(
        "counter_jumps", row -> jumps.add(row.number(1)), node.name.orElse(Summary.COORDINATOR));
    return Hindsight.of(measurements, jumps, node.assumptions);
  }

  /** Half of the sum, rounded down, without ever overflowing. */
  private static long middle(long a, long b) {
    return (a & b) + ((a ^ b) >> 1);
  }

  private List<OneWayBound> bounds(Optional<String> name) {
    List<OneWayBound> bounds = new ArrayList<>();
    if (name.isEmpty()) {
      database.read(
          "bounds_from_arrivals",
          row -> bounds.add(OneWayBound.atMost(row.number(1), row.number(2))));
    } else {
      database.read(
          "bounds_from_sends",
          row -> bounds.add(OneWayBound.atLeast(row.number(1), row.number(2))),
          name.get());
    }
    return bounds;
  }

  /** Stores the interval of each event of a node: never wider than what was known online. */
  private Tally store(Node node, Hindsight hindsight, IntervalSink sink) {
    Tally tally = new Tally();
    database.read(
        "moments",
        row -> {
          OptionalLong earliest = OptionalLong.empty();
          OptionalLong latest = OptionalLong.empty();
          Optional<Hindsight.Interval> interval = hindsight.between(row.number(2), row.number(3));
          if (interval.isPresent()) {
            long earliestNs =
                Math.max(interval.get().earliestNs(), row.optionalNumber(4).orElse(-FAR_NS));
            long latestNs =
                Math.min(interval.get().latestNs(), row.optionalNumber(5).orElse(FAR_NS));
            if (earliestNs < latestNs) {
              earliest = OptionalLong.of(earliestNs);
              latest = OptionalLong.of(latestNs);
              tally.intervals++;
            } else {
              tally.apart++;
            }
          }
          sink.accept(row.number(1), earliest, latest);
        },
        node.name.orElse(null));
    return tally;
  }
}

package org.carillon.analysis.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/**
 * What the curves show, thinned out to what can be seen.
 *
 * @param latencyNs by clock and worker: 201 values from the least to the greatest, in equal steps
 *     of their number
 * @param offsets by worker: how far clocks were from its system clock
 */
public record Traces(
    Map<Clock, Map<String, long[]>> latencyNs, Map<String, List<OffsetTrace>> offsets) {

  /** Steps that a curve over time has at most. */
  private static final int STEPS = 240;

  /**
   * How far a clock was from the node's system clock over the run.
   *
   * @param clock its key, or {@code true} for true time
   * @param sinceStartNs when, from the first sending on
   * @param lowNs the least in each step, for intervals of the earliest bounds
   * @param highNs the greatest, for intervals of the latest bounds
   */
  public record OffsetTrace(String clock, long[] sinceStartNs, long[] lowNs, long[] highNs) {}

  /** Asks a database whose rows have been judged. */
  public static Traces of(Database database) {
    Map<Clock, Map<String, List<Row>>> latency = new TreeMap<>();
    for (Row row : database.ask("latency_cdf")) {
      rows(latency.computeIfAbsent(clock(row), _ -> new LinkedHashMap<>()), row.text("node"))
          .add(row);
    }
    Map<Clock, Map<String, long[]>> latencyNs = new TreeMap<>();
    latency.forEach(
        (clock, byNode) ->
            byNode.forEach(
                (node, rows) ->
                    latencyNs
                        .computeIfAbsent(clock, _ -> new LinkedHashMap<>())
                        .put(node, numbers(rows, "latency_ns"))));

    Map<String, Map<String, List<Row>>> offsets = new LinkedHashMap<>();
    for (Row row : database.ask("clocks_over_time", STEPS)) {
      rows(offsets.computeIfAbsent(row.text("node"), _ -> new LinkedHashMap<>()), row.text("clock"))
          .add(row);
    }
    Map<String, List<OffsetTrace>> traces = new LinkedHashMap<>();
    offsets.forEach(
        (node, byClock) ->
            traces.put(
                node,
                byClock.entrySet().stream()
                    .map(
                        entry ->
                            new OffsetTrace(
                                entry.getKey(),
                                numbers(entry.getValue(), "since_start_ns"),
                                numbers(entry.getValue(), "low_ns"),
                                numbers(entry.getValue(), "high_ns")))
                    .toList()));
    return new Traces(latencyNs, traces);
  }

  private static Clock clock(Row row) {
    return Stream.of(Clock.values())
        .filter(clock -> clock.key().equals(row.text("clock")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Row> rows(Map<String, List<Row>> byName, String name) {
    return byName.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  private static long[] numbers(List<Row> rows, String column) {
    return rows.stream().mapToLong(row -> row.number(column)).toArray();
  }
}

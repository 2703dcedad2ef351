package org.carillon.analysis.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.store.Cursor;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/**
 * What the curves and areas show. However long the run was, it is counted in bins of time and size
 * by the database, so that this holds no more than can be seen.
 *
 * @param latency by clock and worker
 * @param latencyOverTime of all workers together, by clock
 * @param widths of intervals when events arrived, by clock and worker
 * @param offsets by worker, of some: how far clocks were from its system clock
 */
public record Traces(
    Map<Clock, Map<String, LogHistogram>> latency,
    LatencyCells latencyOverTime,
    Map<Clock, Map<String, LogHistogram>> widths,
    Map<String, List<OffsetTrace>> offsets) {

  /** The worker of what is not told apart by worker. */
  static final String ALL = "all";

  /** Of more workers, all together have one curve. */
  static final int MAX_CURVES = 3;

  /** Of more workers, the first have a panel each. */
  static final int MAX_PANELS = 4;

  /** Steps that a curve over time has at most. */
  private static final int STEPS = 240;

  /** Columns that an area over time has at most. */
  private static final int COLUMNS = 64;

  /**
   * How far a clock was from the node's system clock over the run.
   *
   * @param clock its key, or {@code true} for true time
   * @param sinceStartNs when, from the first sending on
   * @param lowNs the least in each step, for intervals of the earliest bounds
   * @param highNs the greatest, for intervals of the latest bounds
   */
  record OffsetTrace(String clock, long[] sinceStartNs, long[] lowNs, long[] highNs) {}

  /** Asks a database whose distributions have been counted, of a run with at least one event. */
  public static Traces of(Database database) {
    Row run = database.ask("run_span").getFirst();
    long startNs = run.number("start_ns");
    long spanNs = run.number("span_ns");

    long columnNs = columnNs(spanNs);
    Map<Clock, List<LatencyCells.Cell>> cells = new TreeMap<>();
    database.read(
        "latency_cells",
        row ->
            cells
                .computeIfAbsent(clock(row.text(1)), _ -> new ArrayList<>())
                .add(
                    new LatencyCells.Cell((int) row.number(2), (int) row.number(3), row.number(4))),
        startNs,
        columnNs);
    return new Traces(
        histograms(database, "latency"),
        new LatencyCells(columnNs, cells),
        histograms(database, "width"),
        offsets(
            database.ask("clocks_over_time", startNs, Math.ceilDiv(spanNs, STEPS), MAX_PANELS)));
  }

  /**
   * Asks of a share of a run what adds up to that of the whole run.
   *
   * @param folder of the share
   * @param startNs when the first event of the whole run was sent
   * @param endNs when the last one was
   */
  public static void ofShare(Database database, Path folder, long startNs, long endNs) {
    database.answerForShare(folder, "latency_cells", startNs, columnNs(endNs - startNs + 1));
  }

  private static long columnNs(long spanNs) {
    return Math.ceilDiv(spanNs, COLUMNS);
  }

  private static Map<Clock, Map<String, LogHistogram>> histograms(
      Database database, String measure) {
    Map<Clock, Map<String, LogHistogram.Builder>> byClock = new TreeMap<>();
    database.read(
        "size_bins",
        row ->
            byClock
                .computeIfAbsent(clock(row.text(1)), _ -> new TreeMap<>())
                .computeIfAbsent(node(row), _ -> new LogHistogram.Builder())
                .add(
                    new LogHistogram.Bin(
                        (int) row.number(3), row.number(4), row.number(5), row.number(6))),
        measure,
        MAX_CURVES);
    Map<Clock, Map<String, LogHistogram>> built = new TreeMap<>();
    byClock.forEach(
        (clock, byNode) -> {
          Map<String, LogHistogram> nodes = new TreeMap<>();
          byNode.forEach((node, histogram) -> nodes.put(node, histogram.build()));
          built.put(clock, nodes);
        });
    return built;
  }

  private static String node(Cursor row) {
    String node = row.text(2);
    return node == null ? ALL : node;
  }

  private static Map<String, List<OffsetTrace>> offsets(List<Row> answer) {
    Map<String, Map<String, List<Row>>> offsets = new LinkedHashMap<>();
    for (Row row : answer) {
      offsets
          .computeIfAbsent(row.text("node"), _ -> new LinkedHashMap<>())
          .computeIfAbsent(row.text("clock"), _ -> new ArrayList<>())
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
    return traces;
  }

  private static Clock clock(String key) {
    return Stream.of(Clock.values())
        .filter(clock -> clock.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static long[] numbers(List<Row> rows, String column) {
    return rows.stream().mapToLong(row -> row.number(column)).toArray();
  }
}

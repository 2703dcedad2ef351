package org.carillon.analysis.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.carillon.analysis.input.InputFile;

/**
 * What stands where in a row of merged.parquet: of an event, what the coordinator recorded and what
 * each worker did, as expressions. A side is a worker's place among the files, or {@link
 * MergedColumn#SENT}.
 */
final class MergedSides {

  private static final int SENT = MergedColumn.SENT;
  private static final String NONE = "NULL::BIGINT";

  /** A clock's columns in the recordings; the same on both sides but for the system clock's. */
  record ClockColumns(String clock, String best, String lower, String upper) {}

  static final List<ClockColumns> CLOCKS =
      List.of(
          new ClockColumns("system", "", "", ""),
          new ClockColumns("ntp", "ntp_timestamp_ns", "", ""),
          new ClockColumns(
              "chronotick", "ct_timestamp_ns", "ct_lower_bound_ns", "ct_upper_bound_ns"),
          new ClockColumns("bounded", "bc_timestamp_ns", "bc_earliest_ns", "bc_latest_ns"));

  /** What a clock said on one side. */
  record Reading(String best, String earliest, String latest, String isThere) {}

  private final Map<String, MergedColumn> columns = new HashMap<>();
  private final List<String> nodes;

  MergedSides(MergedRun run) {
    run.columns().forEach(column -> columns.put(column.name(), column));
    nodes = run.workers().stream().map(InputFile::node).toList();
  }

  /** The workers' names, by side. */
  List<String> nodes() {
    return nodes;
  }

  IntStream workers() {
    return IntStream.range(0, nodes.size());
  }

  String node(int worker) {
    return SqlText.text(nodes.get(worker));
  }

  boolean has(String name) {
    return columns.containsKey(name);
  }

  /** A column of one side, or null where its file has none. */
  String column(int side, String storedName) {
    String name = MergedColumn.prefix(side) + storedName;
    return has(name) ? name : NONE;
  }

  /** Whether a worker had the event. */
  static String isThere(int worker) {
    return MergedColumn.line(worker).name() + " IS NOT NULL";
  }

  String systemNs(int side) {
    return column(side, side == SENT ? "send_time_ns" : "receive_time_ns");
  }

  boolean has(int side, ClockColumns clock) {
    String prefix = MergedColumn.prefix(side);
    return clock.best().isEmpty()
        || has(prefix + clock.best())
        || has(prefix + clock.lower()) && has(prefix + clock.upper());
  }

  /** As readings.sql: an interval that is none counts as not told. */
  Reading reading(int side, ClockColumns clock) {
    if (clock.best().isEmpty()) {
      return new Reading(systemNs(side), NONE, NONE, side == SENT ? "true" : isThere(side));
    }
    String best = column(side, clock.best());
    if (clock.lower().isEmpty()) {
      return new Reading(best, NONE, NONE, best + " IS NOT NULL");
    }
    String lower = column(side, clock.lower());
    String upper = column(side, clock.upper());
    String isInterval = lower + " <= " + upper;
    return new Reading(
        best,
        "CASE WHEN " + isInterval + " THEN " + lower + " END",
        "CASE WHEN " + isInterval + " THEN " + upper + " END",
        "(" + best + " IS NOT NULL OR " + isInterval + ")");
  }
}

package org.carillon.analysis.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carillon.analysis.input.InputColumn;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.Table;

/**
 * The tables that statements ask, as views of merged.parquet. A row of it holds one event with all
 * that every worker recorded of it, so that no view needs a join, and each reads the columns of the
 * statement and nothing else.
 */
final class MergedViews {

  /** With more workers, pairs of them are joined: there are too many to name each. */
  private static final int MOST_WORKERS_IN_PAIRS = 12;

  private static final int SENT = MergedColumn.SENT;

  /** A clock's columns in the recordings; the same on both sides but for the system clock's. */
  private record ClockColumns(String clock, String best, String lower, String upper) {}

  private static final List<ClockColumns> CLOCKS =
      List.of(
          new ClockColumns("system", "", "", ""),
          new ClockColumns("ntp", "ntp_timestamp_ns", "", ""),
          new ClockColumns(
              "chronotick", "ct_timestamp_ns", "ct_lower_bound_ns", "ct_upper_bound_ns"),
          new ClockColumns("bounded", "bc_timestamp_ns", "bc_earliest_ns", "bc_latest_ns"));

  /** What a clock said on one side, as expressions. */
  private record Reading(String best, String earliest, String latest, String isThere) {}

  private final MergedRun run;
  private final Map<String, MergedColumn> columns = new HashMap<>();
  private final List<String> nodes;

  MergedViews(MergedRun run) {
    this.run = run;
    run.columns().forEach(column -> columns.put(column.name(), column));
    nodes = run.workers().stream().map(InputFile::node).toList();
  }

  /** The statements that make the views, in order. */
  List<String> statements(List<Path> parquet) {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE VIEW merged_file AS FROM " + ShareAnswers.parquet(parquet));
    statements.addAll(definitions());
    return statements;
  }

  /** Those that are the same wherever merged.parquet lies. */
  List<String> definitions() {
    return List.of(
        "CREATE VIEW event AS " + event(),
        "CREATE VIEW arrival AS " + all(workers().mapToObj(this::arrival)),
        "CREATE VIEW merged AS " + all(workers().mapToObj(this::merged)),
        "CREATE VIEW told_sent AS " + all(CLOCKS.stream().flatMap(this::sent)),
        "CREATE VIEW told_received AS " + all(workers().boxed().flatMap(this::received)),
        "CREATE VIEW told_crossing AS " + all(workers().boxed().flatMap(this::crossings)),
        "CREATE VIEW told_meeting AS " + meetings());
  }

  /** What stands behind the view {@code merged} where rows are in tables of their own. */
  static String joined() {
    List<String> selected = new ArrayList<>(List.of("e.event_id", "n.node"));
    add(selected, Table.COORDINATOR, "e.", "sent_");
    add(selected, Table.WORKER, "a.", "received_");
    return "SELECT "
        + String.join(", ", selected)
        + " FROM event e CROSS JOIN worker_node n"
        + " LEFT JOIN arrival a ON a.event_id = e.event_id AND a.node = n.node";
  }

  private static void add(List<String> selected, Table table, String from, String side) {
    for (InputColumn column : table.columns()) {
      if (isMergedAs(column)) {
        selected.add(from + column.storedName() + " AS " + mergedName(column, side));
      }
    }
  }

  private static boolean isMergedAs(InputColumn column) {
    return !column.name().equals("event_id")
        && !column.name().equals("node_id")
        && !MergedTable.UNREAD.contains(column.name());
  }

  /** The two times of an event need no word on whose they are. */
  private static String mergedName(InputColumn column, String side) {
    String name = column.storedName();
    return name.endsWith("send_time_ns") || name.equals("receive_time_ns") ? name : side + name;
  }

  private IntStream workers() {
    return IntStream.range(0, nodes.size());
  }

  private static String all(Stream<String> selects) {
    return selects.collect(Collectors.joining("\nUNION ALL\n"));
  }

  /** A file to be read, and no other: what would be a pattern in its path stands for itself. */
  static String path(Path file) {
    return text(file.toString().replaceAll("[*?\\[]", "[$0]"));
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A column of one side, or null where its file has none. */
  private String column(int worker, String storedName) {
    String name = MergedColumn.prefix(worker) + storedName;
    return columns.containsKey(name) ? name : "NULL::BIGINT";
  }

  private String of(int worker, InputColumn column) {
    if (column.name().equals("event_id")) {
      return "event_id";
    }
    if (worker != SENT && column.name().equals("node_id")) {
      return text(nodes.get(worker));
    }
    String name = MergedColumn.prefix(worker) + column.storedName();
    boolean isText = column.kind() == InputColumn.Kind.TEXT;
    return columns.containsKey(name) ? name : isText ? "NULL::VARCHAR" : "NULL::BIGINT";
  }

  private String row(int worker, Table table) {
    return table.columns().stream()
        .filter(column -> !MergedTable.UNREAD.contains(column.name()))
        .map(column -> of(worker, column) + " AS " + column.storedName())
        .collect(Collectors.joining(", "));
  }

  private String event() {
    return "SELECT 0 AS file, sent_line AS line, "
        + row(SENT, Table.COORDINATOR)
        + " FROM merged_file";
  }

  private String arrival(int worker) {
    return "SELECT "
        + run.workers().get(worker).index()
        + " AS file, "
        + MergedColumn.line(worker).name()
        + " AS line, "
        + row(worker, Table.WORKER)
        + ", "
        + systemNs(SENT)
        + " AS sent_time_ns, "
        + text(nodes.get(worker))
        + " AS node, 'used' AS fate FROM merged_file WHERE "
        + isThere(worker);
  }

  private static String isThere(int worker) {
    return MergedColumn.line(worker).name() + " IS NOT NULL";
  }

  /** One row per event and worker, also of events that the worker never received. */
  private String merged(int worker) {
    List<String> selected = new ArrayList<>();
    selected.add("event_id");
    selected.add(text(nodes.get(worker)) + " AS node");
    add(selected, SENT, Table.COORDINATOR, "sent_");
    add(selected, worker, Table.WORKER, "received_");
    return "SELECT " + String.join(", ", selected) + " FROM merged_file";
  }

  private void add(List<String> selected, int worker, Table table, String side) {
    for (InputColumn column : table.columns()) {
      if (isMergedAs(column)) {
        selected.add(of(worker, column) + " AS " + mergedName(column, side));
      }
    }
  }

  private String systemNs(int worker) {
    return column(worker, worker == SENT ? "send_time_ns" : "receive_time_ns");
  }

  private boolean has(int worker, ClockColumns clock) {
    return clock.best().isEmpty()
        || columns.containsKey(MergedColumn.prefix(worker) + clock.best())
        || columns.containsKey(MergedColumn.prefix(worker) + clock.lower())
            && columns.containsKey(MergedColumn.prefix(worker) + clock.upper());
  }

  /** As readings.sql: an interval that is none counts as not told. */
  private Reading reading(int worker, ClockColumns clock) {
    String none = "NULL::BIGINT";
    if (clock.best().isEmpty()) {
      String there = worker == SENT ? "true" : isThere(worker);
      return new Reading(systemNs(worker), none, none, there);
    }
    String best = column(worker, clock.best());
    if (clock.lower().isEmpty()) {
      return new Reading(best, none, none, best + " IS NOT NULL");
    }
    String lower = column(worker, clock.lower());
    String upper = column(worker, clock.upper());
    String isInterval = lower + " <= " + upper;
    return new Reading(
        best,
        "CASE WHEN " + isInterval + " THEN " + lower + " END",
        "CASE WHEN " + isInterval + " THEN " + upper + " END",
        "(" + best + " IS NOT NULL OR " + isInterval + ")");
  }

  private Stream<String> sent(ClockColumns clock) {
    return has(SENT, clock) ? Stream.of("SELECT " + told(SENT, clock, "")) : Stream.empty();
  }

  private Stream<String> received(int worker) {
    return CLOCKS.stream()
        .filter(clock -> has(worker, clock))
        .map(
            clock ->
                "SELECT "
                    + text(nodes.get(worker))
                    + " AS node, "
                    + told(
                        worker,
                        clock,
                        ", "
                            + systemNs(SENT)
                            + " AS sent_time_ns, "
                            + column(worker, "ntp_timestamp_ns")
                            + " AS ntp_ns"));
  }

  private String told(int worker, ClockColumns clock, String more) {
    Reading reading = reading(worker, clock);
    return "event_id, "
        + text(clock.clock())
        + " AS clock, "
        + values("", reading)
        + ", "
        + systemNs(worker)
        + " AS system_ns, "
        + column(worker, "true_time_ns")
        + " AS true_time_ns"
        + more
        + " FROM merged_file WHERE "
        + reading.isThere();
  }

  private static String values(String side, Reading reading) {
    return reading.best()
        + " AS "
        + side
        + "best_ns, "
        + reading.earliest()
        + " AS "
        + side
        + "earliest_ns, "
        + reading.latest()
        + " AS "
        + side
        + "latest_ns";
  }

  /** From the coordinator to a worker, by each clock that both have. */
  private Stream<String> crossings(int worker) {
    return CLOCKS.stream()
        .filter(clock -> has(SENT, clock) && has(worker, clock))
        .map(
            clock -> {
              Reading sent = reading(SENT, clock);
              Reading received = reading(worker, clock);
              return "SELECT "
                  + text(nodes.get(worker))
                  + " AS node, event_id, "
                  + text(clock.clock())
                  + " AS clock, "
                  + values("sent_", sent)
                  + ", "
                  + values("received_", received)
                  + ", "
                  + systemNs(SENT)
                  + " AS sent_system_ns FROM merged_file WHERE "
                  + sent.isThere()
                  + " AND "
                  + received.isThere();
            });
  }

  /** The arrivals of an event at two workers, by each clock that both have. */
  private String meetings() {
    if (nodes.size() < 2 || nodes.size() > MOST_WORKERS_IN_PAIRS) {
      return Database.text("joined_meeting");
    }
    List<String> selects = new ArrayList<>();
    for (int first = 0; first < nodes.size(); first++) {
      for (int second = 0; second < nodes.size(); second++) {
        if (isBefore(nodes.get(first), nodes.get(second))) {
          addMeetings(selects, first, second);
        }
      }
    }
    return all(selects.stream());
  }

  /** As the database compares texts. */
  private static boolean isBefore(String one, String other) {
    return Arrays.compareUnsigned(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
        < 0;
  }

  private void addMeetings(List<String> selects, int first, int second) {
    for (ClockColumns clock : CLOCKS) {
      if (has(first, clock) && has(second, clock)) {
        Reading one = reading(first, clock);
        Reading other = reading(second, clock);
        selects.add(
            "SELECT "
                + text(nodes.get(first))
                + " AS first_node, "
                + text(nodes.get(second))
                + " AS second_node, event_id, "
                + text(clock.clock())
                + " AS clock, "
                + values("first_", one)
                + ", "
                + values("second_", other)
                + sides(first, second)
                + " FROM merged_file WHERE "
                + one.isThere()
                + " AND "
                + other.isThere());
      }
    }
  }

  private String sides(int first, int second) {
    return ", "
        + systemNs(first)
        + " AS first_system_ns, "
        + column(first, "true_time_ns")
        + " AS first_true_time_ns, "
        + systemNs(second)
        + " AS second_system_ns, "
        + column(second, "true_time_ns")
        + " AS second_true_time_ns";
  }
}

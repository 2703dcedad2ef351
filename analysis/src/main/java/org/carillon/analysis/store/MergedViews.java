package org.carillon.analysis.store;

import static org.carillon.analysis.store.SqlText.all;
import static org.carillon.analysis.store.SqlText.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.analysis.input.InputColumn;
import org.carillon.analysis.input.Table;

/**
 * The tables that statements ask, as views of merged.parquet. A row of it holds one event with all
 * that every worker recorded of it, so that no view needs a join, and each reads the columns of the
 * statement and nothing else.
 */
final class MergedViews {

  private static final int SENT = MergedColumn.SENT;

  private final MergedRun run;
  private final MergedSides sides;

  MergedViews(MergedRun run) {
    this.run = run;
    sides = new MergedSides(run);
  }

  /** The statement that makes the view of merged.parquet itself, which may be in several files. */
  static String file(List<Path> parquet) {
    return "CREATE VIEW merged_file AS FROM " + ShareAnswers.parquet(parquet);
  }

  /** The statements that make the views of that, in order. */
  List<String> definitions() {
    List<String> definitions = new ArrayList<>();
    definitions.add("CREATE VIEW event AS " + event());
    definitions.add("CREATE VIEW arrival AS " + all(sides.workers().mapToObj(this::arrival)));
    definitions.add("CREATE VIEW merged AS " + all(sides.workers().mapToObj(this::merged)));
    definitions.addAll(new ToldViews(sides).definitions());
    definitions.add("CREATE VIEW told_stamped AS " + StampedViews.merged(sides));
    return definitions;
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

  private String of(int worker, InputColumn column) {
    if (column.name().equals("event_id")) {
      return "event_id";
    }
    if (worker != SENT && column.name().equals("node_id")) {
      return sides.node(worker);
    }
    String name = MergedColumn.prefix(worker) + column.storedName();
    boolean isText = column.kind() == InputColumn.Kind.TEXT;
    return sides.has(name) ? name : isText ? "NULL::VARCHAR" : "NULL::BIGINT";
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
        + sides.systemNs(SENT)
        + " AS sent_time_ns, "
        + sides.node(worker)
        + " AS node, "
        + text("used")
        + " AS fate FROM merged_file WHERE "
        + MergedSides.isThere(worker);
  }

  /** One row per event and worker, also of events that the worker never received. */
  private String merged(int worker) {
    List<String> selected = new ArrayList<>();
    selected.add("event_id");
    selected.add(sides.node(worker) + " AS node");
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
}

package org.carillon.analysis.input;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.record.Column;
import org.carillon.core.record.Schemas;

/** The kinds of files that an analysis reads, each with its columns. */
public enum Table {
  /** coordinator.csv; ChronoTick's bounds are read where a coordinator has written them. */
  COORDINATOR(
      "coordinator_row",
      with(Schemas.COORDINATOR, integer("ct_lower_bound_ns"), integer("ct_upper_bound_ns"))),
  /** worker_NODE.csv. */
  WORKER("worker_row", with(Schemas.WORKER)),
  /** commit_wait_NODE.csv. */
  COMMIT_WAIT("commit_wait_row", with(Schemas.COMMIT_WAIT)),
  /** samples_NODE.csv. */
  SAMPLES("sample_row", with(Schemas.SAMPLES)),
  /** clock_NODE.csv. */
  CLOCK("clock_row", with(Schemas.CLOCK)),
  /** reception_NODE.csv. */
  RECEPTION("reception_row", with(Schemas.RECEPTION)),
  /** A file of a clock model: when, how far the clock is off, and how sure that is, in any unit. */
  MODEL(
      "model_row",
      List.of(
          new InputColumn("node", "model_node", InputColumn.Kind.TEXT, false),
          new InputColumn("time_ns", "t_ns", InputColumn.Kind.NANOSECONDS, false),
          new InputColumn("time_ms", "t_ms", InputColumn.Kind.MILLISECONDS, false),
          new InputColumn("time_s", "t_s", InputColumn.Kind.SECONDS, false),
          new InputColumn("offset_ns", "o_ns", InputColumn.Kind.NANOSECONDS, false),
          new InputColumn("offset_ms", "o_ms", InputColumn.Kind.MILLISECONDS, false),
          new InputColumn("offset_s", "o_s", InputColumn.Kind.SECONDS, false),
          new InputColumn("uncertainty_ns", "u_ns", InputColumn.Kind.NANOSECONDS, false),
          new InputColumn("uncertainty_ms", "u_ms", InputColumn.Kind.MILLISECONDS, false),
          new InputColumn("uncertainty_s", "u_s", InputColumn.Kind.SECONDS, false))) {
    @Override
    public List<List<String>> alternatives() {
      return Stream.of("time", "offset", "uncertainty")
          .map(what -> Stream.of("_ns", "_ms", "_s").map(unit -> what + unit).toList())
          .toList();
    }
  };

  private final String storedName;
  private final List<InputColumn> columns;

  Table(String storedName, List<InputColumn> columns) {
    this.storedName = storedName;
    this.columns = columns;
  }

  /** The name of the table that rows of this kind are stored in. */
  public String storedName() {
    return storedName;
  }

  /** The columns, in the order in which a row's values stand. */
  public List<InputColumn> columns() {
    return columns;
  }

  /** Where a column stands among them; negative if it is none of them. */
  int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Groups of columns of which a row needs one each, besides those that are required. */
  public List<List<String>> alternatives() {
    return List.of();
  }

  private static Column integer(String name) {
    return new Column(name, Column.Type.INTEGER, false);
  }

  private static List<InputColumn> with(List<Column> schema, Column... more) {
    List<Column> all = new ArrayList<>(schema);
    for (Column column : more) {
      if (schema.stream().noneMatch(known -> known.name().equals(column.name()))) {
        all.add(column);
      }
    }
    return all.stream().map(InputColumn::of).toList();
  }
}

package org.carillon.analysis.input;

import java.util.ArrayList;
import java.util.List;
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
  CLOCK(
      "clock_row",
      with(
          List.of(
              integer("local_time_ns"),
              integer("raw_time_ns"),
              new Column("kind", Column.Type.TEXT, true),
              integer("size_ns"),
              new Column("detail", Column.Type.TEXT, false))));

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

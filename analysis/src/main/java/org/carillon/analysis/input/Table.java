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
      with(
          Schemas.COORDINATOR,
          new Column("ct_lower_bound_ns", Column.Type.INTEGER, false),
          new Column("ct_upper_bound_ns", Column.Type.INTEGER, false))),
  /** worker_NODE.csv. */
  WORKER("worker_row", with(Schemas.WORKER)),
  /** commit_wait_NODE.csv. */
  COMMIT_WAIT("commit_wait_row", with(Schemas.COMMIT_WAIT));

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

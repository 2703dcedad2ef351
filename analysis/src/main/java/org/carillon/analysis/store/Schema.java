package org.carillon.analysis.store;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.carillon.analysis.input.InputColumn;
import org.carillon.analysis.input.Table;
import org.duckdb.DuckDBConnection;

/** The tables that rows of files go to. */
final class Schema {

  private Schema() {}

  /** Makes them, one for each kind of file, and one of the files. */
  static void create(DuckDBConnection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Table table : Table.values()) {
        statement.execute(
            "CREATE TABLE "
                + table.storedName()
                + " (file INTEGER NOT NULL, line BIGINT NOT NULL, "
                + table.columns().stream()
                    .map(Schema::declaration)
                    .collect(Collectors.joining(", "))
                + ")");
      }
      statement.execute(
          "CREATE TABLE input_file (file INTEGER NOT NULL, name VARCHAR NOT NULL,"
              + " kind VARCHAR NOT NULL, node VARCHAR NOT NULL)");
    }
  }

  private static String declaration(InputColumn column) {
    // In quotes, since a file may call a column as the language calls something else: foreign.
    return '"'
        + column.storedName()
        + '"'
        + (column.kind() == InputColumn.Kind.TEXT ? " VARCHAR" : " BIGINT")
        + (column.required() ? " NOT NULL" : "");
  }
}

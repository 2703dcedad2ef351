package org.carillon.analysis.store;

import java.sql.SQLException;
import java.util.List;
import org.carillon.analysis.input.RowSink;
import org.carillon.analysis.input.Table;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Stores rows of one kind of file. */
final class TableAppender implements RowSink {

  private final DuckDBAppender appender;

  TableAppender(DuckDBConnection connection, Table table) throws SQLException {
    appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table.storedName());
  }

  @Override
  public void accept(int file, long line, List<Object> values) {
    Database.asked(
        () -> {
          appender.beginRow().append(file).append(line);
          for (Object value : values) {
            switch (value) {
              case null -> appender.appendNull();
              case Long number -> appender.append(number.longValue());
              case String text -> appender.append(text);
              case Object other ->
                  throw new IllegalArgumentException("cannot store " + other.getClass());
            }
          }
          appender.endRow();
          return null;
        });
  }

  void close() throws SQLException {
    appender.close();
  }
}

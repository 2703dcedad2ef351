package org.carillon.analysis.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Stores intervals of one node. It has a connection of its own, since the other one is reading the
 * events meanwhile.
 */
final class IntervalAppender implements IntervalSink {

  private final DuckDBConnection connection;
  private final DuckDBAppender appender;
  private final Optional<String> node;

  IntervalAppender(DuckDBConnection connection, String table, Optional<String> node)
      throws SQLException {
    this.connection = connection;
    this.appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
    this.node = node;
  }

  @Override
  public void accept(long eventId, OptionalLong earliestNs, OptionalLong latestNs) {
    Database.asked(
        () -> {
          appender.beginRow();
          if (node.isPresent()) {
            appender.append(node.get());
          } else {
            appender.appendNull();
          }
          appender.append(eventId);
          append(earliestNs);
          append(latestNs);
          return appender.endRow();
        });
  }

  private void append(OptionalLong value) throws SQLException {
    if (value.isPresent()) {
      appender.append(value.getAsLong());
    } else {
      appender.appendNull();
    }
  }

  @Override
  public void close() {
    Database.asked(
        () -> {
          appender.close();
          connection.close();
          return null;
        });
  }
}

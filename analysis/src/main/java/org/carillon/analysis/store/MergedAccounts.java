package org.carillon.analysis.store;

import java.sql.SQLException;
import java.util.List;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.merge.SetAside;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Stores what a merge found beside its events: the rows that do not count, and how many of each.
 */
final class MergedAccounts {

  private MergedAccounts() {}

  static void store(MergedRun run, DuckDBConnection connection) throws SQLException {
    try (DuckDBAppender rows =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "set_aside_row")) {
      for (SetAside row : run.setAside()) {
        rows.beginRow().append(row.file()).append(row.line()).append(row.eventId());
        if (row.sequenceNumber().isPresent()) {
          rows.append(row.sequenceNumber().getAsLong());
        } else {
          rows.appendNull();
        }
        rows.append(row.receiveTimeNs()).append(row.coordinatorSendTimeNs());
        rows.append(row.node()).append(row.fate());
        if (row.named().isPresent()) {
          rows.append(row.named().get());
        } else {
          rows.appendNull();
        }
        rows.endRow();
      }
    }
    List<InputFile> workers = run.workers();
    try (DuckDBAppender nodes =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "node_account")) {
      for (int i = 0; i < workers.size(); i++) {
        InputFile file = workers.get(i);
        long duplicates = run.setAside(file, "duplicate");
        long foreign = run.setAside(file, "foreign");
        long received = file.rows() - duplicates - foreign;
        nodes
            .beginRow()
            .append(file.node())
            .append(received)
            .append(run.sent() - received)
            .append(duplicates)
            .append(run.outOfOrder().get(i).longValue())
            .append(foreign)
            .endRow();
      }
    }
  }
}

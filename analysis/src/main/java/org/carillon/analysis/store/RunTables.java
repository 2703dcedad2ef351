package org.carillon.analysis.store;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.RowSink;
import org.carillon.analysis.input.Table;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The tables and views that every question rests on: first rows are stored, then it is decided
 * which of them count, and last, intervals in hindsight become a clock among the others.
 */
final class RunTables {

  private final DuckDBConnection connection;
  private final Questions questions;
  private final Map<Table, TableAppender> appenders = new EnumMap<>(Table.class);
  private boolean isMerged;

  RunTables(DuckDBConnection connection, Questions questions) {
    this.connection = connection;
    this.questions = questions;
  }

  RowSink sink(Table table) {
    return appenders.computeIfAbsent(
        table, newTable -> Database.asked(() -> new TableAppender(connection, newTable)));
  }

  /** Of rows that are in tables of their own. */
  void judge(List<InputFile> files) {
    endRows(files);
    questions.makeNow("macros");
    questions.makeNow("rows");
    questions.makeNow("waits");
    questions.makeNow("readings");
    questions.makeNow("joins");
    questions.makeNowBy("CREATE VIEW told_received AS FROM received");
    questions.makeNowBy("CREATE VIEW meeting AS " + Database.text("joined_meeting"));
    questions.makeNowBy("CREATE VIEW merged AS " + MergedViews.joined());
    questions.makeNowBy(
        "CREATE VIEW told_stamped AS " + StampedViews.grouped("received", workers()));
    makeForAllRuns();
  }

  /** Of rows that are merged. */
  void judge(List<InputFile> files, MergedRun run, List<Path> parquet) {
    isMerged = true;
    endRows(files);
    questions.makeNow("macros");
    MergedViews views = new MergedViews(run);
    // Where the file lies is no part of what an answer depends on.
    Database.asked(() -> questions.runSql(MergedViews.file(parquet)));
    views.definitions().forEach(questions::makeNowBy);
    questions.makeNow("merged_rows");
    Database.asked(
        () -> {
          MergedAccounts.store(run, connection);
          return null;
        });
    questions.makeNow("waits");
    makeForAllRuns();
  }

  private void makeForAllRuns() {
    questions.makeNow("pairs");
    questions.makeLater("offset_runs");
    questions.makeNow("hindsight_tables");
    questions.makeNow("models");
  }

  void judgeHindsight() {
    if (!isMerged) {
      questions.makeNow("hindsight_readings");
      return;
    }
    questions.makeNow("hindsight_views");
    questions.makeNowBy(
        "CREATE OR REPLACE VIEW stamped AS FROM told_stamped UNION ALL BY NAME "
            + StampedViews.grouped("told_hindsight", workers()));
  }

  /** In the order of their names. */
  private List<String> workers() {
    return Database.asked(
        () -> {
          List<String> workers = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet nodes =
                  statement.executeQuery("SELECT node FROM worker_node ORDER BY node")) {
            while (nodes.next()) {
              workers.add(nodes.getString(1));
            }
          }
          return workers;
        });
  }

  private void endRows(List<InputFile> files) {
    Database.asked(
        () -> {
          for (TableAppender appender : appenders.values()) {
            appender.close();
          }
          appenders.clear();
          store(files);
          return null;
        });
  }

  private void store(List<InputFile> files) throws SQLException {
    try (DuckDBAppender appender =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "input_file")) {
      for (InputFile file : files) {
        appender
            .beginRow()
            .append(file.index())
            .append(file.name())
            .append(file.table().storedName())
            .append(file.node())
            .endRow();
      }
    }
  }
}

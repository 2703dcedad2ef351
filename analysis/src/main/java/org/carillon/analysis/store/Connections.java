package org.carillon.analysis.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** Opens databases. */
final class Connections {

  private Connections() {}

  /**
   * An empty database in memory.
   *
   * @param spillFolder where what does not fit in memory goes meanwhile; made only if needed
   * @throws CarillonException INTERNAL if the library cannot be loaded
   */
  static DuckDBConnection open(Path spillFolder, Resources resources) {
    Properties settings = new Properties();
    settings.setProperty("threads", Integer.toString(resources.threads()));
    settings.setProperty("memory_limit", resources.databaseBytes() + "B");
    settings.setProperty("temp_directory", spillFolder.toAbsolutePath().toString());
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("preserve_insertion_order", "false");
    // What is joined with few rows, or so it guesses of many, is otherwise gone through row by row.
    settings.setProperty("asof_loop_join_threshold", "0");
    // Rows are fetched as they are read, so that an answer may be longer than memory.
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    try {
      DuckDBConnection connection =
          (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
      try (Statement statement = connection.createStatement()) {
        // What merged.parquet says of its row groups is kept once; otherwise each pair of workers
        // would read it anew, beside what the database counts as its memory.
        statement.execute("SET parquet_metadata_cache = true");
        // It would keep the rows of a view that a statement names twice: those of a whole run.
        statement.execute("SET disabled_optimizers = 'common_subplan'");
      }
      return connection;
    } catch (LinkageError e) {
      throw new CarillonException(
          ExitCode.INTERNAL,
          "the embedded database cannot start: its library libduckdb_java.so, beside the program's"
              + " jars, is missing, damaged or for another kind of machine, or its folder is mounted"
              + " noexec; unpack the whole distribution for this machine elsewhere",
          e);
    } catch (SQLException e) {
      throw new CarillonException(
          ExitCode.INTERNAL, "the embedded database cannot start: " + e.getMessage(), e);
    }
  }
}

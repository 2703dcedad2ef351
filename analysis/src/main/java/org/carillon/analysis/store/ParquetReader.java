package org.carillon.analysis.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.carillon.analysis.input.ParquetFile;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * Opens Parquet files by a database of their own, which holds nothing. The one that the rows go to
 * has no order, and its threads wait for these rows. Meanwhile the two share the memory.
 */
final class ParquetReader implements ParquetFile.Opener, AutoCloseable {

  private final DuckDBConnection rowsGoTo;
  private final Resources resources;
  private DuckDBConnection first;

  /**
   * Opens nothing yet.
   *
   * @param rowsGoTo the database that has all the memory while no Parquet file is open
   */
  ParquetReader(DuckDBConnection rowsGoTo, Resources resources) {
    this.rowsGoTo = rowsGoTo;
    this.resources = resources;
  }

  @Override
  public synchronized ParquetFile open(Path path) throws IOException {
    DuckDBConnection connection = Database.asked(this::connect);
    return new ParquetRows(connection, path);
  }

  private DuckDBConnection connect() throws SQLException {
    if (first == null) {
      Properties settings = new Properties();
      // Whoever asks for rows makes them: no other thread has a part in it.
      settings.setProperty("threads", "1");
      settings.setProperty("memory_limit", resources.databaseBytes() / 2 + "B");
      settings.setProperty("autoinstall_known_extensions", "false");
      settings.setProperty("autoload_known_extensions", "false");
      settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
      leave(resources.databaseBytes() - resources.databaseBytes() / 2);
      first = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
    }
    DuckDBConnection connection = first.duplicate();
    try (Statement statement = connection.createStatement()) {
      // Rows made ahead of a damage are lost with it.
      statement.execute("SET streaming_buffer_size = '64KB'");
    }
    return connection;
  }

  /** By a connection of its own: the other one may be waiting for rows. */
  private void leave(long bytes) throws SQLException {
    try (Connection connection = rowsGoTo.duplicate();
        Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '" + bytes + "B'");
    }
  }

  @Override
  public synchronized void close() {
    if (first != null) {
      Database.asked(
          () -> {
            first.close();
            leave(resources.databaseBytes());
            return null;
          });
      first = null;
    }
  }
}

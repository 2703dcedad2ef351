package org.carillon.analysis.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.carillon.analysis.input.InputColumn;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.RowSink;
import org.carillon.analysis.input.Table;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** The rows of one run. To be used in this order: sinks, {@link #judge}, then questions. */
public final class Database implements AutoCloseable {

  private final DuckDBConnection connection;
  private final Map<Table, TableAppender> appenders = new EnumMap<>(Table.class);

  private Database(DuckDBConnection connection) {
    this.connection = connection;
  }

  /**
   * An empty database in memory.
   *
   * @param spillFolder where a run that does not fit in memory goes meanwhile; made only if needed,
   *     emptied on close
   * @throws CarillonException INTERNAL if the library cannot be loaded
   */
  public static Database open(Path spillFolder) {
    Properties settings = new Properties();
    // A login node is shared: no more than its smallest usual share of cores and memory.
    settings.setProperty("threads", "2");
    settings.setProperty("memory_limit", "1GiB");
    settings.setProperty("temp_directory", spillFolder.toAbsolutePath().toString());
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("preserve_insertion_order", "false");
    // Rows are fetched as they are read, so that an answer may be longer than memory.
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    try {
      Database database =
          new Database((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings));
      database.createTables();
      return database;
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

  private void createTables() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Table table : Table.values()) {
        statement.execute(
            "CREATE TABLE "
                + table.storedName()
                + " (file INTEGER NOT NULL, line BIGINT NOT NULL, "
                + table.columns().stream()
                    .map(Database::declaration)
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

  /** Where rows of a kind of file are stored. */
  public RowSink sink(Table table) {
    return appenders.computeIfAbsent(
        table, newTable -> asked(() -> new TableAppender(connection, newTable)));
  }

  /** Ends the storing of rows, and decides which of them count. */
  public void judge(List<InputFile> files) {
    asked(
        () -> {
          for (TableAppender appender : appenders.values()) {
            appender.close();
          }
          appenders.clear();
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
          return null;
        });
    execute("macros");
    execute("rows");
    execute("readings");
    execute("hindsight_tables");
    execute("models");
  }

  /**
   * Where the intervals of a node's events go that its own samples give.
   *
   * @param node empty for the coordinator
   */
  public IntervalSink ownIntervals(Optional<String> node) {
    return intervals("own_interval", node);
  }

  /** Where the intervals go that are the result. */
  public IntervalSink hindsightIntervals(Optional<String> node) {
    return intervals("hindsight_interval", node);
  }

  private IntervalSink intervals(String table, Optional<String> node) {
    return asked(() -> new IntervalAppender(connection.duplicate(), table, node));
  }

  /** Ends the storing of intervals in hindsight: they are a clock's readings from now on. */
  public void judgeHindsight() {
    execute("hindsight_readings");
  }

  /** Stores the window sizes that windows are asked for. */
  public void setWindowSizes(List<Long> sizesNs) {
    asked(
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE window_size (size_ns BIGINT NOT NULL)");
            for (long sizeNs : sizesNs) {
              statement.execute("INSERT INTO window_size VALUES (" + sizeNs + ")");
            }
          }
          return null;
        });
  }

  /**
   * Asks a question.
   *
   * @param name of a file beside this class, without its suffix
   * @param parameters for its question marks, in order
   */
  public List<Row> ask(String name, Object... parameters) {
    return asked(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(text(name))) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet answer = statement.executeQuery()) {
              return rows(answer);
            }
          }
        });
  }

  /**
   * Asks a question whose answer may be long. Until its end no other question can be asked, but
   * intervals can be stored.
   *
   * @param reader is given the rows one after the other
   */
  public void read(String name, Consumer<Cursor> reader, Object... parameters) {
    asked(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(text(name))) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet answer = statement.executeQuery()) {
              Cursor cursor = new ResultCursor(answer);
              while (answer.next()) {
                reader.accept(cursor);
              }
            }
          }
          return null;
        });
  }

  private static List<Row> rows(ResultSet answer) throws SQLException {
    ResultSetMetaData columns = answer.getMetaData();
    List<Row> rows = new ArrayList<>();
    while (answer.next()) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        values.put(columns.getColumnLabel(i), answer.getObject(i));
      }
      rows.add(new Row(values));
    }
    return rows;
  }

  /**
   * Runs the statements of a file, which make tables or views for later questions.
   *
   * @param name of a file beside this class, without its suffix
   */
  public void run(String name) {
    execute(name);
  }

  /** Adds rows of whole numbers to a table. */
  public void fill(String table, List<long[]> rows) {
    asked(
        () -> {
          try (DuckDBAppender appender =
              connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
            for (long[] row : rows) {
              appender.beginRow();
              for (long value : row) {
                appender.append(value);
              }
              appender.endRow();
            }
          }
          return null;
        });
  }

  private void execute(String name) {
    asked(
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(text(name));
          }
          return null;
        });
  }

  private static String text(String name) {
    try (InputStream in = Database.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no statement " + name + ".sql");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    asked(
        () -> {
          connection.close();
          return null;
        });
  }

  interface Question<T> {
    T ask() throws SQLException;
  }

  static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw new IllegalStateException("the database refused a statement: " + e.getMessage(), e);
    }
  }
}

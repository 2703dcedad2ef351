package org.carillon.analysis.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.ParquetFile;
import org.carillon.analysis.input.RowSink;
import org.carillon.analysis.input.Table;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The rows of one run. To be used in this order: sinks, {@link #judge}, then questions. */
public final class Database implements AutoCloseable {

  private final DuckDBConnection connection;
  private final Resources resources;
  private final Map<Table, TableAppender> appenders = new EnumMap<>(Table.class);
  private final ParquetReader parquet;
  private final Questions questions;
  private boolean isMerged;

  private Database(DuckDBConnection connection, Resources resources) {
    this.connection = connection;
    this.resources = resources;
    parquet = new ParquetReader(resources);
    questions = new Questions(connection);
  }

  /**
   * An empty database in memory.
   *
   * @param spillFolder where a run that does not fit in memory goes meanwhile; made only if needed,
   *     emptied on close
   * @throws CarillonException INTERNAL if the library cannot be loaded
   */
  public static Database open(Path spillFolder) {
    return open(spillFolder, Resources.DEFAULT);
  }

  /** As above, with as much of the machine as is allowed. */
  public static Database open(Path spillFolder, Resources resources) {
    DuckDBConnection connection = Connections.open(spillFolder, resources);
    return asked(
        () -> {
          Schema.create(connection);
          MergeFunction.register(connection);
          return new Database(connection, resources);
        });
  }

  /** What reads recordings that are Parquet files. */
  public ParquetFile.Opener parquet() {
    return parquet;
  }

  /** Where rows of a kind of file are stored. */
  public RowSink sink(Table table) {
    return appenders.computeIfAbsent(
        table, newTable -> asked(() -> new TableAppender(connection, newTable)));
  }

  /** Ends the storing of rows, and decides which of them count. */
  public void judge(List<InputFile> files) {
    endRows(files);
    questions.lay("macros");
    questions.lay("rows");
    questions.lay("waits");
    questions.lay("readings");
    questions.lay("joins");
    asked(() -> questions.runSql("CREATE VIEW told_received AS FROM received"));
    asked(() -> questions.runSql("CREATE VIEW meeting AS " + text("joined_meeting")));
    asked(() -> questions.runSql("CREATE VIEW merged AS " + MergedViews.joined()));
    questions.run("offset_runs");
    questions.lay("hindsight_tables");
    questions.lay("models");
  }

  /**
   * Ends the storing of rows of a run whose events and arrivals are merged, and makes views of
   * them.
   *
   * @param files of the run, those of the merged table too
   * @param parquet the merged table, which may be in several files
   */
  void judge(List<InputFile> files, MergedRun run, List<Path> parquet) {
    isMerged = true;
    endRows(files);
    questions.lay("macros");
    MergedViews views = new MergedViews(run);
    for (String statement : views.statements(parquet)) {
      asked(() -> questions.runSql(statement));
    }
    questions.restOn(views.definitions());
    questions.lay("merged_rows");
    asked(
        () -> {
          MergedAccounts.store(run, connection);
          return null;
        });
    questions.lay("waits");
    questions.run("offset_runs");
    questions.lay("hindsight_tables");
    questions.lay("models");
  }

  private void endRows(List<InputFile> files) {
    parquet.close();
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
  }

  /** How much of the machine may be used. */
  Resources resources() {
    return resources;
  }

  /**
   * Runs a statement on the rows of a merge.
   *
   * @param statement with {@code %s} where they go
   */
  void offer(MergeFunction.Source source, String statement) {
    asked(
        () -> {
          MergeFunction.offer(
              source, function -> questions.runSql(statement.replace("%s", function)));
          return null;
        });
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
    questions.lay(isMerged ? "hindsight_views" : "hindsight_readings");
  }

  /** Stores the window sizes that windows are asked for. */
  public void setWindowSizes(List<Long> sizesNs) {
    String table = "CREATE OR REPLACE TABLE window_size (size_ns BIGINT NOT NULL)";
    questions.define(table);
    fill("window_size", sizesNs.stream().map(sizeNs -> new long[] {sizeNs}).toList());
  }

  /** What knows the answers that were given before. */
  Questions questions() {
    return questions;
  }

  /**
   * Runs the statements of a file, which make tables or views for later questions, as soon as one
   * of these names what they make.
   *
   * @param name of a file beside this class, without its suffix
   */
  public void run(String name) {
    questions.run(name);
  }

  /**
   * Keeps the answer to a question in a table, as soon as a later question names that.
   *
   * @param question the name of a file beside this class, without its suffix
   */
  public void keep(String table, String question) {
    questions.keep(table, question);
  }

  /** Adds rows of whole numbers to a table that {@link #run} makes. */
  public void fill(String table, List<long[]> rows) {
    questions.fill(table, rows);
  }

  /**
   * Asks a question.
   *
   * @param name of a file beside this class, without its suffix
   * @param parameters for its question marks, in order
   */
  public List<Row> ask(String name, Object... parameters) {
    return questions.ask(name, parameters);
  }

  /**
   * Asks a question whose answer may be long. Until its end no other question can be asked, but
   * intervals can be stored.
   *
   * @param reader is given the rows one after the other
   */
  public void read(String name, Consumer<Cursor> reader, Object... parameters) {
    questions.read(name, reader, parameters);
  }

  /**
   * Writes the answer to a question about this share of a run, for {@link JoinedShares}.
   *
   * @param folder of the share
   * @param name of a statement whose answers about shares add up
   * @param parameters for its question marks, in order
   */
  public void answerForShare(Path folder, String name, Long... parameters) {
    questions.answerForShare(folder, name, parameters);
  }

  /** Leaves the answers that were given to the next analysis of the same run. */
  public void keepAnswers() {
    questions.keepAnswers();
  }

  /**
   * Writes the merged table for other programs, a row per event and worker.
   *
   * @throws CarillonException USAGE if the file cannot be written
   */
  public void export(Path parquet) {
    try {
      asked(
          () ->
              questions.runSql(
                  "COPY (FROM merged) TO "
                      + MergedViews.text(CacheFile.unfinished(parquet).toString())
                      + " (FORMAT parquet, COMPRESSION zstd)"));
      CacheFile.publish(parquet);
    } catch (IOException e) {
      throw cannotWrite(parquet, e);
    }
  }

  static String text(String name) {
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
    parquet.close();
    asked(
        () -> {
          connection.close();
          return null;
        });
  }

  static CarillonException cannotWrite(Path path, IOException e) {
    return new CarillonException(
        ExitCode.USAGE,
        "cannot write to " + path + ": " + RunFiles.reason(e) + "; name another folder with --out.",
        e);
  }

  interface Question<T> {
    T ask() throws SQLException;
  }

  static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw Refusal.of(e);
    }
  }
}

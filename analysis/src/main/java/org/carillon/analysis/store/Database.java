package org.carillon.analysis.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.ParquetFile;
import org.carillon.analysis.input.RowSink;
import org.carillon.analysis.input.Table;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.duckdb.DuckDBConnection;

/** The rows of one run. To be used in this order: sinks, {@link #judge}, then questions. */
public final class Database implements AutoCloseable {

  private final DuckDBConnection connection;
  private final Resources resources;
  private final ParquetReader parquet;
  private final Questions questions;
  private final RunTables tables;

  private Database(DuckDBConnection connection, Resources resources) {
    this.connection = connection;
    this.resources = resources;
    parquet = new ParquetReader(connection, resources);
    questions = new Questions(connection);
    tables = new RunTables(connection, questions);
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
    return tables.sink(table);
  }

  /** Ends the storing of rows, and decides which of them count. */
  public void judge(List<InputFile> files) {
    parquet.close();
    tables.judge(files);
  }

  /**
   * Ends the storing of rows of a run whose events and arrivals are merged, and makes views of
   * them.
   *
   * @param files of the run, those of the merged table too
   * @param merged the merged table, which may be in several files
   */
  void judge(List<InputFile> files, MergedRun run, List<Path> merged) {
    parquet.close();
    tables.judge(files, run, merged);
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

  /**
   * Takes the intervals in hindsight that an earlier analysis of the same files worked out.
   *
   * @return what {@link #keepHindsight} was told of them; empty if they must be worked out
   */
  public Optional<String> findHindsight() {
    return questions.findIntervals();
  }

  /** Leaves the intervals in hindsight to the next analysis of the same files. */
  public void keepHindsight(String account) {
    questions.keepIntervals(account);
  }

  /** Ends the storing of intervals in hindsight: they are a clock's readings from now on. */
  public void judgeHindsight() {
    tables.judgeHindsight();
  }

  /** Stores the window sizes that windows are asked for. */
  public void setWindowSizes(List<Long> sizesNs) {
    String table = "CREATE OR REPLACE TABLE window_size (size_ns BIGINT NOT NULL)";
    questions.makeLaterBy(table);
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
  public void makeLater(String name) {
    questions.makeLater(name);
  }

  /**
   * Keeps the answer to a question in a table, as soon as a later question names that.
   *
   * @param question the name of a file beside this class, without its suffix
   */
  public void keep(String table, String question) {
    questions.keep(table, question);
  }

  /** Adds rows of whole numbers to a table that {@link #makeLater} makes. */
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
   * Writes the answer to a question as CSV with a header.
   *
   * @param name of a file beside this class, without its suffix
   * @param node for its question mark
   */
  public void writeCsv(String name, Optional<String> node, Path file) {
    asked(
        () ->
            questions.runSql(
                "COPY (\n"
                    + text(name)
                        .replace("?", node.map(SqlText::text).orElse("NULL"))
                        .replace(";", "")
                    + ") TO "
                    + SqlText.text(file.toString())
                    + " (FORMAT csv, HEADER)"));
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
                      + SqlText.text(CacheFile.unfinished(parquet).toString())
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

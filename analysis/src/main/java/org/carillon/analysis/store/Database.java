package org.carillon.analysis.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final DerivedTables derived = new DerivedTables();
  private final List<String> foundations = new ArrayList<>();
  private Optional<Answers> answers = Optional.empty();
  private Optional<ShareAnswers> shares = Optional.empty();
  private boolean isMerged;

  private Database(DuckDBConnection connection, Resources resources) {
    this.connection = connection;
    this.resources = resources;
    parquet = new ParquetReader(resources);
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
    execute("macros");
    execute("rows");
    execute("waits");
    execute("readings");
    execute("joins");
    asked(() -> runSql("CREATE VIEW told_received AS FROM received"));
    asked(() -> runSql("CREATE VIEW meeting AS " + text("joined_meeting")));
    asked(() -> runSql("CREATE VIEW merged AS " + MergedViews.joined()));
    execute("offset_runs");
    execute("hindsight_tables");
    execute("models");
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
    execute("macros");
    MergedViews views = new MergedViews(run);
    for (String statement : views.statements(parquet)) {
      asked(() -> runSql(statement));
    }
    foundations.addAll(views.definitions());
    execute("merged_rows");
    asked(
        () -> {
          MergedAccounts.store(run, connection);
          return null;
        });
    execute("waits");
    execute("offset_runs");
    execute("hindsight_tables");
    execute("models");
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
          MergeFunction.offer(source, function -> runSql(statement.replace("%s", function)));
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
    execute(isMerged ? "hindsight_views" : "hindsight_readings");
  }

  /** Stores the window sizes that windows are asked for. */
  public void setWindowSizes(List<Long> sizesNs) {
    String table = "CREATE OR REPLACE TABLE window_size (size_ns BIGINT NOT NULL)";
    derived.create(table, () -> runSql(table));
    fill("window_size", sizesNs.stream().map(sizeNs -> new long[] {sizeNs}).toList());
  }

  /**
   * Runs the statements of a file, which make tables or views for later questions, as soon as one
   * of these names what they make.
   *
   * @param name of a file beside this class, without its suffix
   */
  public void run(String name) {
    derived.create(text(name), () -> runSql(text(name)));
  }

  /**
   * Keeps the answer to a question in a table, as soon as a later question names that.
   *
   * @param question the name of a file beside this class, without its suffix
   */
  public void keep(String table, String question) {
    String create = "CREATE OR REPLACE TABLE " + table + " AS\n";
    derived.create(create + text(question), () -> runSql(create + statement(question)));
  }

  /** Adds rows of whole numbers to a table that {@link #run} makes. */
  public void fill(String table, List<long[]> rows) {
    derived.fill(
        table,
        rows.stream().map(Arrays::toString).collect(Collectors.joining()),
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
        });
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
              runSql(
                  "COPY (FROM merged) TO "
                      + MergedViews.text(CacheFile.unfinished(parquet).toString())
                      + " (FORMAT parquet, COMPRESSION zstd)"));
      CacheFile.publish(parquet);
    } catch (IOException e) {
      throw cannotWrite(parquet, e);
    }
  }

  /** Takes what was answered about the shares of this run for what adds up. */
  void addUp(ShareAnswers answered) {
    shares = Optional.of(answered);
  }

  /**
   * Writes the answer to a question about this share of a run, for {@link JoinedShares}.
   *
   * @param folder of the share
   * @param name of a statement whose answers about shares add up
   * @param parameters for its question marks, in order
   */
  public void answerForShare(Path folder, String name, Long... parameters) {
    Additive additive = Additive.named(name).orElseThrow();
    String sql = text(name);
    Path file =
        folder.resolve(
            ShareAnswers.file(name, sql, derived.contentFor(sql), (Object[]) parameters));
    asked(
        () -> {
          derived.makeFor(sql);
          return runSql(
              "COPY ("
                  + additive.ofShare(ShareAnswers.filled(sql, (Object[]) parameters))
                  + ") TO "
                  + MergedViews.text(file.toString())
                  + " (FORMAT parquet, COMPRESSION zstd)");
        });
  }

  /** The statement of a file, or what puts together its answers about shares. */
  String statement(String name, Object... parameters) {
    String sql = text(name);
    return shares
        .flatMap(known -> known.ofAll(name, sql, derived.contentFor(sql), parameters))
        .orElse(sql);
  }

  /** Gives answers that were given before, and keeps those that are given now. */
  void remember(Answers known) {
    answers = Optional.of(known);
  }

  /**
   * Asks a question.
   *
   * @param name of a file beside this class, without its suffix
   * @param parameters for its question marks, in order
   */
  public List<Row> ask(String name, Object... parameters) {
    String sql = text(name);
    String key = answers.map(known -> known.key(sql, restsOn(sql), parameters)).orElse("");
    Optional<List<Row>> known = answers.flatMap(before -> before.find(key));
    return known.orElseGet(
        () -> {
          List<Row> rows = asked(() -> answer(name, sql, parameters));
          answers.ifPresent(now -> now.keep(key, rows));
          return rows;
        });
  }

  /**
   * What an answer depends on beside the files: an answer that another version of these gave is
   * none.
   */
  List<String> restsOn(String sql) {
    return Stream.concat(foundations.stream(), derived.contentFor(sql).stream()).toList();
  }

  private List<Row> answer(String name, String sql, Object... parameters) throws SQLException {
    derived.makeFor(sql);
    return StatementLog.timed(
        name,
        () -> {
          try (PreparedStatement statement = prepared(name, parameters);
              ResultSet answer = statement.executeQuery()) {
            return rows(answer);
          }
        });
  }

  private PreparedStatement prepared(String name, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(statement(name, parameters));
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /**
   * Asks a question whose answer may be long. Until its end no other question can be asked, but
   * intervals can be stored.
   *
   * @param reader is given the rows one after the other
   */
  public void read(String name, Consumer<Cursor> reader, Object... parameters) {
    String sql = text(name);
    String key = answers.map(known -> known.key(sql, restsOn(sql), parameters)).orElse("");
    Optional<List<Row>> known = answers.flatMap(before -> before.find(key));
    if (known.isPresent()) {
      known.get().forEach(row -> reader.accept(new RowCursor(row)));
      return;
    }
    List<Row> rows =
        asked(
            () -> {
              derived.makeFor(sql);
              return StatementLog.timed(name, () -> stream(name, reader, parameters));
            });
    answers.filter(_ -> rows.size() < Answers.MOST_ROWS).ifPresent(now -> now.keep(key, rows));
  }

  /** Gives back the first rows, as many as are kept. */
  private List<Row> stream(String name, Consumer<Cursor> reader, Object... parameters)
      throws SQLException {
    List<Row> first = new ArrayList<>();
    int most = answers.isPresent() ? Answers.MOST_ROWS : 0;
    try (PreparedStatement statement = prepared(name, parameters);
        ResultSet answer = statement.executeQuery()) {
      Cursor cursor = new ResultCursor(answer);
      List<String> columns = columns(answer);
      while (answer.next()) {
        reader.accept(cursor);
        if (first.size() < most) {
          first.add(row(columns, answer));
        }
      }
    }
    return first;
  }

  private static List<Row> rows(ResultSet answer) throws SQLException {
    List<String> columns = columns(answer);
    List<Row> rows = new ArrayList<>();
    while (answer.next()) {
      rows.add(row(columns, answer));
    }
    return rows;
  }

  private static List<String> columns(ResultSet answer) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
      columns.add(answer.getMetaData().getColumnLabel(i));
    }
    return List.copyOf(columns);
  }

  private static Row row(List<String> columns, ResultSet answer) throws SQLException {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = answer.getObject(i + 1);
    }
    return new Row(columns, values);
  }

  private void execute(String name) {
    foundations.add(text(name));
    asked(() -> runSql(text(name)));
  }

  private boolean runSql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
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

  /** Leaves the answers that were given to the next analysis of the same run. */
  public void keepAnswers() {
    answers.ifPresent(Answers::write);
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

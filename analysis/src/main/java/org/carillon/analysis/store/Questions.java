package org.carillon.analysis.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Questions to the tables and views of a run: those that were answered before, about the same
 * files, are not asked again, and those that add up are put together from the answers of shares.
 */
final class Questions {

  private final DuckDBConnection connection;
  private final DerivedTables derived = new DerivedTables();
  private final List<String> foundations = new ArrayList<>();
  private Optional<Answers> answers = Optional.empty();
  private Optional<KeptIntervals> intervals = Optional.empty();
  private Optional<ShareAnswers> shares = Optional.empty();

  Questions(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Runs the statements of a file now; everything that is asked later rests on them. */
  void makeNow(String name) {
    makeNowBy(Database.text(name));
  }

  /** As above, of statements themselves. */
  void makeNowBy(String sql) {
    foundations.add(sql);
    Database.asked(() -> runSql(sql));
  }

  /**
   * Runs the statements of a file, which make tables or views, as soon as a question names what
   * they make. Only such questions rest on them.
   *
   * @param name of a file beside this class, without its suffix
   */
  void makeLater(String name) {
    makeLaterBy(Database.text(name));
  }

  /** As above, of statements themselves. */
  void makeLaterBy(String sql) {
    derived.create(sql, () -> runSql(sql));
  }

  /**
   * Keeps the answer to a question in a table, as soon as a later question names that.
   *
   * @param question the name of a file beside this class, without its suffix
   */
  void keep(String table, String question) {
    String create = "CREATE OR REPLACE TABLE " + table + " AS\n";
    derived.create(create + Database.text(question), () -> runSql(create + statement(question)));
  }

  /** Adds rows of whole numbers to a table that {@link #makeLater} makes. */
  void fill(String table, List<long[]> rows) {
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
  void answerForShare(Path folder, String name, Long... parameters) {
    Additive additive = Additive.named(name).orElseThrow();
    String sql = Database.text(name);
    Path file =
        folder.resolve(
            ShareAnswers.file(name, sql, derived.contentFor(sql), (Object[]) parameters));
    Database.asked(
        () -> {
          derived.makeFor(sql);
          return runSql(
              "COPY ("
                  + additive.ofShare(ShareAnswers.filled(sql, (Object[]) parameters))
                  + ") TO "
                  + SqlText.text(file.toString())
                  + " (FORMAT parquet, COMPRESSION zstd)");
        });
  }

  /** The statement of a file, or what puts together its answers about shares. */
  String statement(String name, Object... parameters) {
    String sql = Database.text(name);
    return shares
        .flatMap(known -> known.ofAll(name, sql, derived.contentFor(sql), parameters))
        .orElse(sql);
  }

  /** Gives answers that were given before, and keeps those that are given now. */
  void remember(Answers known, KeptIntervals worked) {
    answers = Optional.of(known);
    intervals = Optional.of(worked);
  }

  /** What was said of the intervals in hindsight, if these are there again. */
  Optional<String> findIntervals() {
    return intervals.flatMap(kept -> kept.find(connection, foundations));
  }

  /** Keeps the intervals in hindsight, and what is to be said of them. */
  void keepIntervals(String account) {
    intervals.ifPresent(
        kept ->
            Database.asked(
                () -> {
                  kept.keep(connection, foundations, account);
                  return account;
                }));
  }

  /**
   * Asks a question.
   *
   * @param name of a file beside this class, without its suffix
   * @param parameters for its question marks, in order
   */
  List<Row> ask(String name, Object... parameters) {
    String sql = Database.text(name);
    String key = answers.map(known -> known.key(sql, restsOn(sql), parameters)).orElse("");
    Optional<List<Row>> known = answers.flatMap(before -> before.find(key));
    return known.orElseGet(
        () -> {
          List<Row> rows = Database.asked(() -> answer(name, sql, parameters));
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
  void read(String name, Consumer<Cursor> reader, Object... parameters) {
    String sql = Database.text(name);
    String key = answers.map(known -> known.key(sql, restsOn(sql), parameters)).orElse("");
    Optional<List<Row>> known = answers.flatMap(before -> before.find(key));
    if (known.isPresent()) {
      known.get().forEach(row -> reader.accept(new RowCursor(row)));
      return;
    }
    List<Row> rows =
        Database.asked(
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

  /** Leaves the answers that were given to the next analysis of the same run. */
  void keepAnswers() {
    answers.ifPresent(Answers::write);
  }

  boolean runSql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}

package org.carillon.analysis.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The intervals in hindsight that an earlier analysis of the same files worked out: in
 * hindsight.parquet beside merged.parquet, which also holds what they are known by and what is to
 * be said of them. A file that is damaged, or of other files, is passed over and made again.
 */
final class KeptIntervals {

  /** Raised when the file changes, or what is said in it. */
  private static final String ASKED = "hindsight 1";

  private static final String TABLE = "hindsight_interval";

  private final Path file;
  private final boolean reuse;
  private final Answers answers;

  /**
   * In a file.
   *
   * @param reuse whether what is there may be used
   * @param answers which say what something about these files is known by
   */
  KeptIntervals(Path file, boolean reuse, Answers answers) {
    this.file = file;
    this.reuse = reuse;
    this.answers = answers;
  }

  /**
   * Lets the intervals be read from the file.
   *
   * @param foundations the statements that made what they were worked out from
   * @return what was said of them; empty if they are not there
   */
  Optional<String> find(Connection connection, List<String> foundations) {
    if (!reuse || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement()) {
      String rows = "read_parquet(" + SqlText.path(file) + ", hive_partitioning = false)";
      Optional<String> account = account(connection, key(foundations));
      if (account.isPresent()) {
        statement.execute("DROP TABLE " + TABLE);
        statement.execute("CREATE VIEW " + TABLE + " AS FROM " + rows);
      }
      return account;
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private Optional<String> account(Connection connection, String key) throws SQLException {
    try (PreparedStatement asked =
        connection.prepareStatement(
            "SELECT decode(value) FROM parquet_kv_metadata("
                + SqlText.path(file)
                + ") WHERE decode(key) = ?")) {
      asked.setString(1, key);
      try (ResultSet answer = asked.executeQuery()) {
        return answer.next() ? Optional.of(answer.getString(1)) : Optional.empty();
      }
    }
  }

  /** Keeps the intervals that there are now, and what is to be said of them. */
  void keep(Connection connection, List<String> foundations, String account) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY "
              + TABLE
              + " TO "
              + SqlText.text(CacheFile.unfinished(file).toString())
              + " (FORMAT parquet, COMPRESSION zstd, KV_METADATA {'"
              + key(foundations)
              + "': "
              + SqlText.text(account)
              + "})");
      CacheFile.publish(file);
    } catch (IOException e) {
      throw Database.cannotWrite(file, e);
    }
  }

  private String key(List<String> foundations) {
    return answers.key(ASKED, foundations);
  }
}

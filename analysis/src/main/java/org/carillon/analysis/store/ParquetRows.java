package org.carillon.analysis.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.analysis.input.ParquetFile;
import org.carillon.core.CarillonException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/** A Parquet file as the database reads it, in its order and some thousand rows at a time. */
final class ParquetRows implements ParquetFile {

  /** More rows than are made before they are asked for. */
  private static final long AHEAD = 1L << 18;

  private final DuckDBConnection connection;
  private final String from;
  private final List<Column> columns = new ArrayList<>();
  private final long rows;
  private Form[] forms;
  private DuckDBPreparedStatement statement;
  private DuckDBChunkedResult result;
  private DuckDBReadableVector[] vectors;
  private long inChunk;
  private long had;
  private long row;

  /**
   * Opens one.
   *
   * @param connection of its own, to a database that keeps rows in order; closed with this
   */
  ParquetRows(DuckDBConnection connection, Path path) throws IOException {
    this.connection = connection;
    String name = SqlText.path(path);
    from = " FROM read_parquet(" + name + ", hive_partitioning = false)";
    try (Statement ask = connection.createStatement()) {
      try (ResultSet described = ask.executeQuery("DESCRIBE" + from)) {
        while (described.next()) {
          String type = described.getString("column_type");
          columns.add(new Column(described.getString("column_name"), type, form(type)));
        }
      }
      try (ResultSet counted =
          ask.executeQuery(
              "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata(" + name + ")")) {
        counted.next();
        rows = counted.getLong(1);
      }
    } catch (SQLException e) {
      close();
      IOException damage = damage(e);
      // What the database says here is about its own work with the last bytes.
      throw new IOException(
          "its end is damaged or missing, or it is of another format", damage.getCause());
    }
  }

  private static Form form(String type) {
    return switch (type) {
      case "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "TIMESTAMP_NS" ->
          Form.WHOLE;
      case "DOUBLE" -> Form.REAL;
      case "VARCHAR", "UBIGINT", "HUGEINT" -> Form.TEXT;
      default -> type.startsWith("DECIMAL(") || type.startsWith("ENUM(") ? Form.TEXT : Form.OTHER;
    };
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public boolean isEmpty(Column column) throws IOException {
    try (Statement ask = connection.createStatement();
        ResultSet answer = ask.executeQuery("SELECT count(" + quoted(column) + ")" + from)) {
      answer.next();
      return answer.getLong(1) == 0;
    } catch (SQLException e) {
      throw damage(e);
    }
  }

  @Override
  public void read(List<Column> chosen) throws IOException {
    forms = chosen.stream().map(Column::form).toArray(Form[]::new);
    vectors = new DuckDBReadableVector[forms.length];
    try {
      statement =
          (DuckDBPreparedStatement)
              connection.prepareStatement(
                  chosen.stream()
                      .map(ParquetRows::value)
                      .collect(Collectors.joining(", ", "SELECT ", from)));
      result = statement.query();
    } catch (SQLException e) {
      throw damage(e);
    }
  }

  private static String value(Column column) {
    return switch (column.form()) {
      case WHOLE ->
          column.type().equals("TIMESTAMP_NS")
              ? "epoch_ns(" + quoted(column) + ")"
              : quoted(column) + "::BIGINT";
      case REAL -> quoted(column);
      case TEXT -> quoted(column) + "::VARCHAR";
      case OTHER -> "NULL::BIGINT";
    };
  }

  private static String quoted(Column column) {
    return '"' + column.name().replace("\"", "\"\"") + '"';
  }

  @Override
  public boolean next() throws IOException {
    row++;
    while (row >= inChunk) {
      try {
        if (!result.nextChunk()) {
          requireAll();
          return false;
        }
      } catch (RuntimeException e) {
        throw damage(e);
      }
      DuckDBDataChunkReader chunk = result.chunk();
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = chunk.vector(i);
      }
      inChunk = chunk.rowCount();
      had += inChunk;
      row = 0;
    }
    return true;
  }

  /** At a fault the result ends as if there were no more rows, and does not tell the reason. */
  private void requireAll() throws IOException {
    if (had >= rows) {
      return;
    }
    try (Statement ask = connection.createStatement()) {
      result.close();
      statement.close();
      result = null;
      // The same rows once more, and some that may have been made ahead.
      ask.executeQuery(
              "SELECT max(hash(r)) FROM (SELECT *"
                  + from
                  + " LIMIT "
                  + AHEAD
                  + " OFFSET "
                  + had
                  + ") r")
          .close();
    } catch (SQLException e) {
      throw damage(e);
    }
    throw new IOException("what follows is damaged");
  }

  @Override
  public boolean isNull(int column) {
    return vectors[column].isNull(row);
  }

  @Override
  public long number(int column) {
    return vectors[column].getLong(row);
  }

  @Override
  public double real(int column) {
    return vectors[column].getDouble(row);
  }

  @Override
  public String text(int column) {
    return vectors[column].getString(row);
  }

  /**
   * What the database says of a file, without what it advises its own users and without the file's
   * name.
   *
   * @throws CarillonException USAGE if memory was too small: that is no damage
   */
  private static IOException damage(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains(Refusal.OUT_OF_MEMORY)) {
      throw Refusal.of(new SQLException(message, e));
    }
    return new IOException(firstLine(message), e);
  }

  private static String firstLine(String message) {
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^(java\\.sql\\.SQLException: )?(\\w+ )*Error: ", "")
        .replaceAll(" ['\"][^'\"]*/[^'\"]*['\"]", "")
        .replaceFirst("\\.$", "")
        .replaceFirst("^Failed ", "failed ");
  }

  @Override
  public void close() {
    try {
      if (result != null) {
        result.close();
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("a Parquet file cannot be closed", e);
    }
  }
}

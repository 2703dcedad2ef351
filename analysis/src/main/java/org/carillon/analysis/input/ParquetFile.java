package org.carillon.analysis.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A Parquet file, row by row. Who reads the format is no matter of this package. Used by one
 * thread.
 */
public interface ParquetFile extends AutoCloseable {

  /** The end of such a file's name. */
  String SUFFIX = ".parquet";

  /** Opens such files. */
  interface Opener {

    /**
     * Opens a file.
     *
     * @throws IOException with the reason if it is none, or damaged
     */
    ParquetFile open(Path path) throws IOException;
  }

  /** How a column's values are had. */
  enum Form {
    /** {@link #number}; a time with its nanoseconds is one since 1970. */
    WHOLE,
    /** {@link #real}. */
    REAL,
    /** {@link #text}; numbers that need more digits than the others hold are written out. */
    TEXT,
    /** Not at all. */
    OTHER
  }

  /**
   * A column.
   *
   * @param name as in the file
   * @param type what the file calls its type, for people
   * @param form how its values are had
   */
  record Column(String name, String type, Form form) {}

  /** Its columns. */
  List<Column> columns();

  /** How many rows it says to have. */
  long rows();

  /** Whether a column holds nothing in any row. */
  boolean isEmpty(Column column) throws IOException;

  /** Begins to read these columns; to be called once. */
  void read(List<Column> columns) throws IOException;

  /**
   * Goes to the next row, in the order of the file.
   *
   * @return false behind the last one
   * @throws IOException with the reason if the file is damaged here
   */
  boolean next() throws IOException;

  /** Whether a column holds nothing in this row. Columns are counted from 0, as they are read. */
  boolean isNull(int column);

  long number(int column);

  double real(int column);

  String text(int column);

  @Override
  void close();

  /** Whether a file is one by its name. */
  static boolean isNamed(String name) {
    return name.endsWith(SUFFIX);
  }
}

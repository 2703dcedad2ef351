package org.carillon.analysis.input;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Up to {@link #CAPACITY} rows of one file, column by column, so that a row costs no object. Filled
 * by one thread, and not changed once another has it.
 */
public final class RowBatch {

  /** As many as DuckDB takes at once. */
  public static final int CAPACITY = 2048;

  private final long[] lines = new long[CAPACITY];
  private final long[][] numbers;
  private final boolean[][] known;
  private final byte[][][] texts;
  private int size;

  /**
   * An empty one.
   *
   * @param table whose columns it has
   * @param present which of them the file has
   */
  RowBatch(Table table, boolean[] present) {
    int columns = table.columns().size();
    numbers = new long[columns][];
    known = new boolean[columns][];
    texts = new byte[columns][][];
    for (int i = 0; i < columns; i++) {
      if (!present[i]) {
        continue;
      }
      if (table.columns().get(i).kind() == InputColumn.Kind.TEXT) {
        texts[i] = new byte[CAPACITY][];
      } else {
        numbers[i] = new long[CAPACITY];
        known[i] = new boolean[CAPACITY];
      }
    }
  }

  /** How many rows it holds. */
  public int size() {
    return size;
  }

  /** The line that a row stands on in its file. */
  public long line(int row) {
    return lines[row];
  }

  /**
   * Whether a column of numbers holds one in this row; false too if the file has no such column.
   */
  public boolean isKnown(int column, int row) {
    return known[column] != null && known[column][row];
  }

  /** A number that {@link #isKnown}. */
  public long number(int column, int row) {
    return numbers[column][row];
  }

  /** The UTF-8 bytes of a text, not to be changed; null if there is none. */
  public byte[] text(int column, int row) {
    return texts[column] == null ? null : texts[column][row];
  }

  boolean isFull() {
    return size == CAPACITY;
  }

  void setNumber(int column, long value) {
    numbers[column][size] = value;
    known[column][size] = true;
  }

  void setText(int column, byte[] value) {
    texts[column][size] = value;
  }

  void setUnknown(int column) {
    if (texts[column] != null) {
      texts[column][size] = null;
    } else if (known[column] != null) {
      known[column][size] = false;
    }
  }

  /** Ends the row at hand, of which every column that the file has was set. */
  void endRow(long line) {
    lines[size] = line;
    size++;
  }

  /** Adds a row as a {@link RowSink} is given it. */
  void add(long line, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      if (texts[i] == null && numbers[i] == null) {
        continue;
      }
      switch (values.get(i)) {
        case null -> setUnknown(i);
        case Long number -> setNumber(i, number);
        case String text -> setText(i, text.getBytes(StandardCharsets.UTF_8));
        case Object other -> throw new IllegalArgumentException("no cell is " + other.getClass());
      }
    }
    endRow(line);
  }
}

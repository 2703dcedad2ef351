package org.carillon.analysis.input;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Checks the values of a Parquet file's rows as {@link CsvFile} checks the cells of lines. */
final class ParquetCells {

  /** Whole numbers up to it are exact as floating point, and beyond it some are not. */
  private static final double MAX_EXACT = 1L << 53;

  /** Up to here a product by 10^6 or 10^9 errs by far less than {@link #CLEAR}. */
  private static final double MAX_QUICK_NS = 1L << 42;

  /** So far from a half, rounding is the same as by decimal arithmetic. */
  private static final double CLEAR = 0.4;

  private final Table table;
  private final FileAccount account;
  private final int[] columns;
  private final List<ParquetFile.Column> read;
  private final ParquetFile file;
  private final String[] lastTexts;
  private final byte[][] lastBytes;

  /**
   * Of a file.
   *
   * @param columns which column of the table each of those that are read is
   * @param file null if none is read
   */
  ParquetCells(
      Table table,
      FileAccount account,
      int[] columns,
      List<ParquetFile.Column> read,
      ParquetFile file) {
    this.table = table;
    this.account = account;
    this.columns = columns;
    this.read = read;
    this.file = file;
    lastTexts = new String[columns.length];
    lastBytes = new byte[columns.length][];
  }

  /** Whether a file's column can be read as one of a table. */
  static boolean fit(ParquetFile.Column column, InputColumn as) {
    return switch (column.form()) {
      case TEXT -> true;
      case WHOLE ->
          !column.type().startsWith("TIMESTAMP") || as.kind() == InputColumn.Kind.NANOSECONDS;
      case REAL -> as.kind() != InputColumn.Kind.TEXT;
      case OTHER -> false;
    };
  }

  /** What a column of a table should be stored as, to follow what it is. */
  static String expected(InputColumn column) {
    return switch (column.kind()) {
      case TEXT -> "which is no text; store it as VARCHAR";
      case NUMBER -> "which is no whole number; store it as BIGINT";
      case NANOSECONDS -> "which has no room for ns since 1970; store it as BIGINT or TIMESTAMP_NS";
      case MILLISECONDS, SECONDS -> "which does not hold every digit of it; store it as DOUBLE";
    };
  }

  /**
   * Reads the file's row at hand into the batch's next one.
   *
   * @param number of the row, from 1
   * @return false if it was refused, and counted
   */
  boolean read(long number, RowBatch batch) {
    for (int i = 0; i < columns.length; i++) {
      InputColumn column = table.columns().get(columns[i]);
      try {
        if (file.isNull(i) || !set(i, column, batch)) {
          if (column.required()) {
            account.refuse(number, Optional.of(column.name()), "is empty");
            return false;
          }
          batch.setUnknown(columns[i]);
        }
      } catch (IllegalArgumentException e) {
        if (column.required()) {
          account.refuse(number, Optional.of(column.name()), e.getMessage());
          return false;
        }
        account.refuseCell(number, column.name(), e.getMessage());
        batch.setUnknown(columns[i]);
      }
    }
    return true;
  }

  /** Whether there is a value; it was set then. */
  private boolean set(int i, InputColumn column, RowBatch batch) {
    boolean isText = column.kind() == InputColumn.Kind.TEXT;
    switch (read.get(i).form()) {
      case WHOLE -> {
        long value = file.number(i);
        if (isText) {
          batch.setText(columns[i], bytes(i, Long.toString(value)));
        } else {
          batch.setNumber(columns[i], whole(column, value));
        }
      }
      case REAL -> batch.setNumber(columns[i], real(column, file.real(i)));
      case TEXT -> {
        String text = file.text(i).strip();
        if (text.isEmpty()) {
          return false;
        }
        if (isText) {
          batch.setText(columns[i], bytes(i, text));
        } else {
          batch.setNumber(columns[i], column.parse(text));
        }
      }
      case OTHER -> {
        return false;
      }
    }
    return true;
  }

  private static long whole(InputColumn column, long value) {
    return switch (column.kind()) {
      case NUMBER, NANOSECONDS -> column.checked(value);
      default -> column.parse(Long.toString(value));
    };
  }

  private static long real(InputColumn column, double value) {
    return switch (column.kind()) {
      case MILLISECONDS -> decimal(column, value, 1e6);
      case SECONDS -> decimal(column, value, 1e9);
      default -> {
        if (value != Math.rint(value) || Math.abs(value) > MAX_EXACT) {
          throw new IllegalArgumentException(
              "'" + value + "' is not a whole number (stored as floating point, it lost digits)");
        }
        yield column.checked((long) value);
      }
    };
  }

  /**
   * As the shortest decimal that is this number, which is what was written before it was stored, by
   * decimal arithmetic; where it cannot matter, by floating point.
   */
  private static long decimal(InputColumn column, double value, double scale) {
    double ns = value * scale;
    double whole = Math.rint(ns);
    return Math.abs(ns) < MAX_QUICK_NS && Math.abs(ns - whole) < CLEAR
        ? column.checked((long) whole)
        : column.parse(Double.toString(value));
  }

  private byte[] bytes(int i, String text) {
    if (!text.equals(lastTexts[i])) {
      lastTexts[i] = text;
      lastBytes[i] = text.getBytes(StandardCharsets.UTF_8);
    }
    return lastBytes[i];
  }
}

package org.carillon.core.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * Appends rows to one CSV file: UTF-8, comma, LF, a header line, RFC 4180 quoting. Rows gather in
 * memory until {@link #flush()} hands them to the operating system, always whole ones. For one
 * thread.
 *
 * <p>A write that fails keeps its rows for the next {@code flush}; see {@link LineAppender}. So a
 * full disk, once there is room again, has cost only the rows that found the memory full.
 */
public final class CsvAppender implements AutoCloseable {

  /** How much is kept while the file cannot be written. */
  private static final int PENDING_BYTES_MAX = 1 << 20;

  private final LineAppender lines;
  private final int columns;
  private final StringBuilder line = new StringBuilder();
  private final CSVPrinter printer;
  private long lostRows;

  private CsvAppender(LineAppender lines, int columns) {
    this.lines = lines;
    this.columns = columns;
    try {
      this.printer = new CSVPrinter(line, CsvText.FORMAT);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringBuilder takes any text", e);
    }
  }

  /**
   * Makes the file with its header line. What had its name before is kept under another; see {@link
   * OutputFile}.
   *
   * @throws org.carillon.core.CarillonException if the file cannot be made
   */
  public static CsvAppender create(Path path, List<Column> columns) {
    return new CsvAppender(
        new LineAppender(OutputFile.create(path), CsvText.header(columns)), columns.size());
  }

  /**
   * Takes a row; it reaches the file with the next {@link #flush()}.
   *
   * @param cells one per column; null is an empty cell
   * @return false if the file cannot be written and the memory for its rows is full: the row is
   *     lost and counted
   */
  public boolean append(List<?> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells for " + columns + " columns");
    }
    if (lines.pendingBytes() > PENDING_BYTES_MAX) {
      lostRows++;
      return false;
    }
    try {
      line.setLength(0);
      printer.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringBuilder takes any text", e);
    }
    lines.append(line.toString().getBytes(StandardCharsets.UTF_8));
    return true;
  }

  /** Whether rows wait for {@link #flush()}. */
  public boolean hasPending() {
    return lines.pendingBytes() > 0;
  }

  /** Whether so many rows wait that flushing them one by one would be no cheaper. */
  boolean isBatchFull() {
    return lines.isBlockFull();
  }

  /**
   * Hands all rows to the operating system.
   *
   * @throws IOException if it does not take them all; the rest is kept, and may be flushed again
   */
  public void flush() throws IOException {
    lines.flush();
  }

  /** Rows that the operating system has taken. */
  public long writtenRows() {
    return lines.writtenRows();
  }

  /** Rows that were given up because the file could not be written. */
  public long lostRows() {
    return lostRows + lines.lostRows();
  }

  /**
   * Flushes, waits until the rows are on the disk, and closes the file. Rows that cannot be written
   * are counted as lost, and no part of them stays in the file; if the disk does not confirm, all
   * rows count as lost.
   *
   * @throws IOException if something could not be written
   */
  @Override
  public void close() throws IOException {
    lines.close();
  }
}

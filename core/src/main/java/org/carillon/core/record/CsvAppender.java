package org.carillon.core.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Appends rows to one CSV file: UTF-8, comma, LF, a header line, RFC 4180 quoting. Rows gather in
 * memory until {@link #flush()} hands them to the operating system, always whole ones. For one
 * thread.
 *
 * <p>A write that fails keeps its rows, and the next {@code flush} writes them to the same place in
 * the file, over what a failed write may have left of them. So a full disk tears no line and, once
 * there is room again, has cost only the rows that found the memory full.
 */
public final class CsvAppender implements AutoCloseable {

  /** How much text is kept while the file cannot be written. */
  private static final int PENDING_CHARS_MAX = 1 << 20;

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setQuoteMode(QuoteMode.MINIMAL).get();

  private final OutputFile.Opened file;
  private final int columns;
  private final StringBuilder pending = new StringBuilder();
  private final CSVPrinter printer;

  private long committedBytes;
  private long pendingRows;
  private long writtenRows;
  private long lostRows;

  private CsvAppender(OutputFile.Opened file, int columns) {
    this.file = file;
    this.columns = columns;
    try {
      this.printer = new CSVPrinter(pending, FORMAT);
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
    CsvAppender appender = new CsvAppender(OutputFile.create(path), columns.size());
    appender.print(columns.stream().map(Column::name).toList());
    return appender;
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
    if (pending.length() > PENDING_CHARS_MAX) {
      lostRows++;
      return false;
    }
    print(cells);
    pendingRows++;
    return true;
  }

  private void print(List<?> cells) {
    try {
      printer.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringBuilder takes any text", e);
    }
  }

  /** Whether rows wait for {@link #flush()}. */
  public boolean hasPending() {
    return !pending.isEmpty();
  }

  /** Whether so many rows wait that flushing them one by one would be no cheaper. */
  boolean isBatchFull() {
    return pending.length() >= 1 << 16;
  }

  /**
   * Hands all rows to the operating system.
   *
   * @throws IOException if it does not take them; they are kept, and may be flushed again
   */
  public void flush() throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(pending.toString());
    int size = bytes.remaining();
    FileChannel channel = file.channel();
    while (bytes.hasRemaining()) {
      if (file.regular()) {
        channel.write(bytes, committedBytes + bytes.position());
      } else {
        channel.write(bytes);
      }
    }
    committedBytes += size;
    writtenRows += pendingRows;
    pendingRows = 0;
    pending.setLength(0);
  }

  /** Rows that the operating system has taken. */
  public long writtenRows() {
    return writtenRows;
  }

  /** Rows that were given up because the file could not be written. */
  public long lostRows() {
    return lostRows;
  }

  /**
   * Flushes, waits until the rows are on the disk, and closes the file. Rows that cannot be written
   * are counted as lost, and no part of them stays in the file.
   *
   * @throws IOException if something could not be written
   */
  @Override
  public void close() throws IOException {
    try (FileChannel channel = file.channel()) {
      try {
        flush();
        if (file.regular()) {
          channel.force(true);
        }
      } catch (IOException e) {
        lostRows += pendingRows;
        pendingRows = 0;
        pending.setLength(0);
        if (file.regular() && channel.size() > committedBytes) {
          channel.truncate(committedBytes);
        }
        throw e;
      }
    }
  }
}

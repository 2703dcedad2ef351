package org.carillon.core.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
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
 * the file, over what a failed write may have left of a line. So a full disk tears no line and,
 * once there is room again, has cost only the rows that found the memory full.
 */
public final class CsvAppender implements AutoCloseable {

  /** How much is kept while the file cannot be written. */
  private static final int PENDING_BYTES_MAX = 1 << 20;

  private static final int BATCH_BYTES = 1 << 16;

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setQuoteMode(QuoteMode.MINIMAL).get();

  private final OutputFile.Opened file;
  private final int columns;
  private final StringBuilder line = new StringBuilder();
  private final CSVPrinter printer;

  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(2 * BATCH_BYTES);

  /** Where each row that is pending ends in {@link #pending}; the first of all is the header. */
  private final ArrayDeque<Integer> pendingEnds = new ArrayDeque<>();

  private long committedBytes;
  private boolean headerWritten;
  private long writtenRows;
  private long lostRows;

  private CsvAppender(OutputFile.Opened file, int columns) {
    this.file = file;
    this.columns = columns;
    try {
      this.printer = new CSVPrinter(line, FORMAT);
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
    if (pending.size() > PENDING_BYTES_MAX) {
      lostRows++;
      return false;
    }
    print(cells);
    return true;
  }

  private void print(List<?> cells) {
    try {
      line.setLength(0);
      printer.printRecord(cells);
      pending.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
      pendingEnds.add(pending.size());
    } catch (IOException e) {
      throw new UncheckedIOException("a StringBuilder takes any text", e);
    }
  }

  /** Whether rows wait for {@link #flush()}. */
  public boolean hasPending() {
    return pending.size() > 0;
  }

  /** Whether so many rows wait that flushing them one by one would be no cheaper. */
  boolean isBatchFull() {
    return pending.size() >= BATCH_BYTES;
  }

  /**
   * Hands all rows to the operating system.
   *
   * @throws IOException if it does not take them all; the rest is kept, and may be flushed again
   */
  public void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
    FileChannel channel = file.channel();
    try {
      while (bytes.hasRemaining()) {
        if (file.regular()) {
          channel.write(bytes, committedBytes + bytes.position());
        } else {
          channel.write(bytes);
        }
      }
    } finally {
      settle(bytes);
    }
  }

  /** Counts the whole rows among what was written, and keeps the rest. */
  private void settle(ByteBuffer bytes) {
    int wholeBytes = 0;
    while (!pendingEnds.isEmpty() && pendingEnds.peek() <= bytes.position()) {
      wholeBytes = pendingEnds.poll();
      writtenRows += headerWritten ? 1 : 0;
      headerWritten = true;
    }
    // In a pipe, half a row cannot be written over: the other half must follow it.
    int done = file.regular() ? wholeBytes : bytes.position();
    committedBytes += done;
    pending.reset();
    pending.write(bytes.array(), done, bytes.limit() - done);
    int rows = pendingEnds.size();
    for (int i = 0; i < rows; i++) {
      pendingEnds.add(pendingEnds.poll() - done);
    }
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
   * are counted as lost, and no part of them stays in the file; if the disk does not confirm, all
   * rows count as lost.
   *
   * @throws IOException if something could not be written
   */
  @Override
  public void close() throws IOException {
    try (FileChannel channel = file.channel()) {
      finish(channel);
    }
  }

  private void finish(FileChannel channel) throws IOException {
    try {
      flush();
    } catch (IOException e) {
      lostRows += pendingEnds.size() - (headerWritten ? 0 : 1);
      pendingEnds.clear();
      pending.reset();
      if (file.regular() && channel.size() > committedBytes) {
        channel.truncate(committedBytes);
      }
      throw e;
    }
    try {
      if (file.regular()) {
        channel.force(true);
      }
    } catch (IOException e) {
      lostRows += writtenRows;
      writtenRows = 0;
      throw e;
    }
  }
}

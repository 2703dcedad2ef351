package org.carillon.core.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Appends lines to one file. They gather in memory until {@link #flush()} hands them to the
 * operating system, always whole ones. The first line is the header; the others are rows. For one
 * thread.
 *
 * <p>A write that fails keeps its lines, and the next {@code flush} writes them to the same place
 * in the file, over what a failed write may have left of a line. So a full disk tears no line and,
 * once there is room again, has cost nothing. How much is kept is the caller's choice.
 */
final class LineAppender implements AutoCloseable {

  /** So much is written at once; to gather more makes writing no cheaper. */
  private static final int BLOCK_BYTES = 1 << 16;

  /** The line that fills a block goes beyond it, and needs no write of its own. */
  private static final int WRITE_BYTES_MAX = BLOCK_BYTES + (1 << 12);

  private final OutputFile.Opened file;

  /** What the operating system reads from: bytes on the heap it cannot. */
  private final ByteBuffer block = ByteBuffer.allocateDirect(WRITE_BYTES_MAX);

  private byte[] pending = new byte[2 * BLOCK_BYTES];
  private int pendingBytes;

  /** Where each of the lines that are pending ends in {@link #pending}. */
  private int[] ends = new int[1 << 10];

  private int pendingLines;
  private long committedBytes;
  private long writtenLines;
  private long lostRows;

  /**
   * @param header the first line, LF included
   */
  LineAppender(OutputFile.Opened file, byte[] header) {
    this.file = file;
    append(header);
  }

  /** Takes a line, LF included; it reaches the file with the next {@link #flush()}. */
  void append(byte[] line) {
    System.arraycopy(line, 0, room(line.length), pendingBytes, line.length);
    appended(pendingBytes + line.length);
  }

  /**
   * Where the next line may be written, beginning at {@link #end()}.
   *
   * @param bytes what is needed from there
   */
  byte[] room(int bytes) {
    if (pending.length - pendingBytes < bytes) {
      pending = Arrays.copyOf(pending, Math.max(pendingBytes + bytes, 2 * pending.length));
    }
    return pending;
  }

  /** Where the lines that are pending end, and the next begins. */
  int end() {
    return pendingBytes;
  }

  /** Takes the line that was written between {@link #end()} and {@code lineEnd}. */
  void appended(int lineEnd) {
    if (pendingLines == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[pendingLines++] = lineEnd;
    pendingBytes = lineEnd;
  }

  /** How much waits for {@link #flush()}. */
  int pendingBytes() {
    return pendingBytes;
  }

  /** Whether so much waits that flushing it line by line would be no cheaper. */
  boolean isBlockFull() {
    return pendingBytes >= BLOCK_BYTES;
  }

  /**
   * Hands all lines to the operating system.
   *
   * @throws IOException if it does not take them all; the rest is kept, and may be flushed again
   */
  void flush() throws IOException {
    int written = 0;
    try {
      while (written < pendingBytes) {
        written += write(written);
      }
    } finally {
      settle(written);
    }
  }

  private int write(int from) throws IOException {
    block.clear().put(pending, from, Math.min(WRITE_BYTES_MAX, pendingBytes - from)).flip();
    return file.regular()
        ? file.channel().write(block, committedBytes + from)
        : file.channel().write(block);
  }

  /** Counts the whole lines among what was written, and keeps the rest. */
  private void settle(int writtenBytes) {
    int lines = 0;
    while (lines < pendingLines && ends[lines] <= writtenBytes) {
      lines++;
    }
    writtenLines += lines;
    // In a pipe, half a line cannot be written over: the other half must follow it.
    int wholeBytes = lines == 0 ? 0 : ends[lines - 1];
    int doneBytes = file.regular() ? wholeBytes : writtenBytes;
    committedBytes += doneBytes;
    pendingBytes -= doneBytes;
    System.arraycopy(pending, doneBytes, pending, 0, pendingBytes);
    pendingLines -= lines;
    for (int i = 0; i < pendingLines; i++) {
      ends[i] = ends[lines + i] - doneBytes;
    }
  }

  /** Rows that the operating system has taken. */
  long writtenRows() {
    return Math.max(0, writtenLines - 1);
  }

  /** Rows that were given up when the file was closed. */
  long lostRows() {
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
      lostRows += pendingLines - (writtenLines == 0 ? 1 : 0);
      pendingLines = 0;
      pendingBytes = 0;
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
      lostRows += writtenRows();
      writtenLines = 0;
      throw e;
    }
  }
}

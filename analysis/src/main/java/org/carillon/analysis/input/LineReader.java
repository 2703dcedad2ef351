package org.carillon.analysis.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Reads a file line by line, in bounded memory, and makes its SHA-256 on the way. Whole lines can
 * also be read where they lie: {@link #hasWholeLine}, {@link #bytes}, {@link #position}, {@link
 * #passLine}.
 */
final class LineReader implements Closeable {

  /** No line of a run comes near; a longer one is damage. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private static final int BLOCK_BYTES = 1 << 18;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final FileBytes file;
  private final InputStream in;
  private byte[] buffer = new byte[BLOCK_BYTES];
  private int position;
  private int limit;

  /** Behind the last line feed in the buffer; not above {@code position} if there is none. */
  private int wholeLines;

  private long lineNumber;
  private long unpackedBytes;
  private boolean byteOrderMark;
  private Optional<IOException> damage = Optional.empty();

  LineReader(Path file) throws IOException {
    this(file, count -> {});
  }

  /**
   * Opens a file.
   *
   * @param progress is told how many bytes were read of it, each time
   */
  LineReader(Path path, LongConsumer progress) throws IOException {
    file = new FileBytes(path, progress);
    in = Compression.of(path).unpacked(file);
  }

  /** The next line, or empty at the end of the file. A byte order mark before line 1 is removed. */
  Optional<Line> next() throws IOException {
    boolean oversized = false;
    while (!hasWholeLine()) {
      if (limit - position > MAX_LINE_BYTES) {
        // No line feed so far: what is beyond is counted as read, and not kept.
        oversized = true;
        limit = position + MAX_LINE_BYTES;
      }
      if (!fill()) {
        if (limit == position) {
          return Optional.empty();
        }
        Line line = line(position, limit, false, oversized);
        position = limit;
        return Optional.of(line);
      }
    }
    int end = position;
    while (buffer[end] != '\n') {
      end++;
    }
    Line line = line(position, end, true, oversized);
    position = end + 1;
    return Optional.of(line);
  }

  private Line line(int from, int to, boolean complete, boolean oversized) {
    lineNumber++;
    boolean tooLong = oversized || to - from > MAX_LINE_BYTES;
    byte[] content = Arrays.copyOfRange(buffer, from, Math.min(to, from + MAX_LINE_BYTES));
    if (lineNumber == 1 && startsWithByteOrderMark(content)) {
      byteOrderMark = true;
      content = Arrays.copyOfRange(content, BYTE_ORDER_MARK.length, content.length);
    }
    return new Line(lineNumber, content, complete, tooLong);
  }

  private static boolean startsWithByteOrderMark(byte[] content) {
    return content.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            content, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  /** Whether the next line lies in the buffer with its line feed. */
  boolean hasWholeLine() {
    return position < wholeLines;
  }

  /** Reads more of the file if no whole line is left; whether there is one now. */
  boolean awaitWholeLine() throws IOException {
    while (!hasWholeLine()) {
      if (limit - position > MAX_LINE_BYTES || !fill()) {
        return false;
      }
    }
    return true;
  }

  /** The buffer that the next line lies in; until the next reading. */
  byte[] bytes() {
    return buffer;
  }

  /** Where in it the next line begins. */
  int position() {
    return position;
  }

  /** Goes on to the line behind the next one, which was read where it lay. */
  long passLine(int end) {
    position = end;
    return ++lineNumber;
  }

  /** Reads more behind what is left, which is moved to the front of the buffer. */
  private boolean fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
      wholeLines = 0;
    }
    if (buffer.length - limit < BLOCK_BYTES / 4) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = read();
    if (count <= 0) {
      return false;
    }
    unpackedBytes += count;
    int from = limit;
    limit += count;
    for (int i = limit - 1; i >= from; i--) {
      if (buffer[i] == '\n') {
        wholeLines = i + 1;
        break;
      }
    }
    return true;
  }

  /** A packed file that is damaged ends where its damage begins. */
  private int read() throws IOException {
    if (damage.isPresent()) {
      return -1;
    }
    try {
      return in.read(buffer, limit, buffer.length - limit);
    } catch (Compression.WindowTooLarge e) {
      throw e;
    } catch (IOException e) {
      if (in == file) {
        throw e;
      }
      damage = Optional.of(e);
      return -1;
    }
  }

  /** What is wrong with a packed file; known once all lines were read. */
  Optional<IOException> damage() {
    return damage;
  }

  /** Bytes of text read so far. */
  long unpackedBytes() {
    return unpackedBytes;
  }

  /** Whether the file began with a byte order mark; known after the first line. */
  boolean byteOrderMark() {
    return byteOrderMark;
  }

  /** Reads what is left, so that digest and size are those of the whole file. */
  void drain() throws IOException {
    file.drain();
  }

  /** Bytes read so far, as they are stored. */
  long sizeBytes() {
    return file.sizeBytes();
  }

  /** The digest of the bytes read, in hexadecimal; to be asked once, at the end. */
  String sha256() {
    return file.sha256();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

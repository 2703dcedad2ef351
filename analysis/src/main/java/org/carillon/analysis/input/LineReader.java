package org.carillon.analysis.input;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Reads a file line by line, in bounded memory, and makes its SHA-256 on the way. */
final class LineReader implements Closeable {

  /** No line of a run comes near; a longer one is damage. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final MessageDigest digest;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long lineNumber;
  private long sizeBytes;
  private boolean byteOrderMark;

  LineReader(Path file) throws IOException {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    in = Files.newInputStream(file);
  }

  /** The next line, or empty at the end of the file. A byte order mark before line 1 is removed. */
  Optional<Line> next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    boolean any = false;
    boolean oversized = false;
    while (position < limit || fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      int room = MAX_LINE_BYTES - bytes.size();
      oversized |= end - position > room;
      bytes.write(buffer, position, Math.min(room, end - position));
      position = end;
      if (end < limit) {
        position++;
        return Optional.of(line(bytes, true, oversized));
      }
    }
    return any ? Optional.of(line(bytes, false, oversized)) : Optional.empty();
  }

  private Line line(ByteArrayOutputStream bytes, boolean complete, boolean oversized) {
    lineNumber++;
    byte[] content = bytes.toByteArray();
    if (lineNumber == 1 && startsWithByteOrderMark(content)) {
      byteOrderMark = true;
      content = Arrays.copyOfRange(content, BYTE_ORDER_MARK.length, content.length);
    }
    return new Line(lineNumber, content, complete, oversized);
  }

  private static boolean startsWithByteOrderMark(byte[] content) {
    return content.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            content, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer);
    if (count <= 0) {
      return false;
    }
    digest.update(buffer, 0, count);
    sizeBytes += count;
    position = 0;
    limit = count;
    return true;
  }

  /** Whether the file began with a byte order mark; known after the first line. */
  boolean byteOrderMark() {
    return byteOrderMark;
  }

  /** Reads what is left, so that digest and size are those of the whole file. */
  void drain() throws IOException {
    while (fill()) {
      position = limit;
    }
  }

  /** Bytes read so far. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** The digest of the bytes read, in hexadecimal; to be asked once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

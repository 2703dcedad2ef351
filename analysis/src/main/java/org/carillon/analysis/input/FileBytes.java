package org.carillon.analysis.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.carillon.core.run.Sha256;

/** The bytes of a file as they are stored, counted and hashed on the way. */
final class FileBytes extends FilterInputStream {

  private final MessageDigest digest = Sha256.digest();
  private final LongConsumer progress;
  private long sizeBytes;

  /**
   * Opens a file.
   *
   * @param progress is told how many bytes were read, each time
   */
  FileBytes(Path file, LongConsumer progress) throws IOException {
    super(Files.newInputStream(file));
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count = in.read(to, offset, length);
    if (count > 0) {
      digest.update(to, offset, count);
      sizeBytes += count;
      progress.accept(count);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return in.skip(0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads what is left, so that digest and size are those of the whole file. */
  void drain() throws IOException {
    byte[] rest = new byte[1 << 18];
    int count = 0;
    while (count >= 0) {
      count = read(rest, 0, rest.length);
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

  /**
   * The digest of a whole file.
   *
   * @param progress as above
   */
  static String sha256(Path file, LongConsumer progress) throws IOException {
    try (FileBytes bytes = new FileBytes(file, progress)) {
      bytes.drain();
      return bytes.sha256();
    }
  }
}

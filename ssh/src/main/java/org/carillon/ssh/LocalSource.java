package org.carillon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.carillon.core.run.Sha256;

/**
 * A local file that is being sent. Size and digest are taken from the bytes that were sent, since a
 * file may change between being measured and being read.
 */
final class LocalSource extends InputStream {
  private final InputStream in;
  private final MessageDigest digest = Sha256.digest();
  private long sentBytes;

  LocalSource(Path file) throws LocalFileException {
    try {
      in = Files.newInputStream(file);
    } catch (IOException e) {
      throw new LocalFileException(e);
    }
  }

  @Override
  public int read() throws LocalFileException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws LocalFileException {
    try {
      int count = in.read(bytes, offset, length);
      if (count > 0) {
        sentBytes += count;
        digest.update(bytes, offset, count);
      }
      return count;
    } catch (IOException e) {
      throw new LocalFileException(e);
    }
  }

  /** Size and SHA-256 of what was sent, as the host is to find them; to be asked once. */
  String measured() {
    return sentBytes + " " + HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws LocalFileException {
    try {
      in.close();
    } catch (IOException e) {
      throw new LocalFileException(e);
    }
  }
}

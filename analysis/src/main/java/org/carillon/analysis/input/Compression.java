package org.carillon.analysis.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** How a recording is packed, told by the end of its name. */
enum Compression {
  NONE("") {
    @Override
    InputStream unpacked(InputStream packed) {
      return packed;
    }
  },
  GZIP(".gz") {
    @Override
    InputStream unpacked(InputStream packed) {
      return new Unpacked(packed, stored -> new GZIPInputStream(stored, 1 << 16));
    }
  };

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  static Compression of(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(GZIP.suffix) ? GZIP : NONE;
  }

  /** The content of a stream of this kind; what is damaged is an {@link IOException} on reading. */
  abstract InputStream unpacked(InputStream packed);

  /** Opens a stream. */
  interface Opener {
    InputStream open(InputStream packed) throws IOException;
  }

  /** Unpacks from the first reading on, so that a damaged beginning is found there too. */
  private static final class Unpacked extends InputStream {

    private final InputStream packed;
    private final Opener opener;
    private InputStream in;

    Unpacked(InputStream packed, Opener opener) {
      this.packed = packed;
      this.opener = opener;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (in == null) {
        in = opener.open(packed);
      }
      return in.read(to, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
      packed.close();
    }
  }
}

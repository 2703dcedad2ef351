package org.carillon.analysis.input;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

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
      return new Unpacked(packed, Members::new);
    }
  },
  ZSTD(".zst") {
    @Override
    InputStream unpacked(InputStream packed) {
      return new Unpacked(packed, Frames::new);
    }
  };

  /**
   * The window that every decoder should support and no encoder should exceed unasked (RFC 8878,
   * section 3.1.1.1.2). All files of a run are open at once, so more is refused.
   */
  private static final int MAX_WINDOW_LOG = 23;

  private static final String NO_GZIP_FOLLOWS = "what follows is no gzip";

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  static Compression of(Path file) {
    String name = file.getFileName().toString();
    return List.of(GZIP, ZSTD).stream()
        .filter(packed -> name.endsWith(packed.suffix))
        .findFirst()
        .orElse(NONE);
  }

  /** The content of a stream of this kind; what is damaged is an {@link IOException} on reading. */
  abstract InputStream unpacked(InputStream packed);

  /**
   * Whether what was unpacked is what was packed: the stream ended too early, or something else
   * stands behind an archive. What was altered within is often found only far behind, by what it
   * makes illegible or by the checksum of all.
   */
  static boolean isIntactBefore(IOException damage) {
    return damage instanceof EOFException
        || "Truncated source".equals(damage.getMessage())
        || NO_GZIP_FOLLOWS.equals(damage.getMessage())
        || damage instanceof ZstdIOException zstd && zstd.getErrorCode() == Zstd.errPrefixUnknown();
  }

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

  /** Java's own stops without a word where another member should begin and does not. */
  private static final class Members extends GZIPInputStream {

    private static final int TRAILER_BYTES = 8;

    Members(InputStream packed) throws IOException {
      super(packed, 1 << 16);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = super.read(to, offset, length);
      if (count < 0 && (inf.getRemaining() > TRAILER_BYTES || in.available() > 0)) {
        throw new ZipException(NO_GZIP_FOLLOWS);
      }
      return count;
    }
  }

  /** As many frames as there are, in a bounded window. */
  private static final class Frames extends FilterInputStream {

    Frames(InputStream packed) throws IOException {
      super(open(packed));
    }

    private static InputStream open(InputStream packed) throws IOException {
      try {
        return new ZstdInputStreamNoFinalizer(packed).setLongMax(MAX_WINDOW_LOG);
      } catch (LinkageError e) {
        throw new CarillonException(
            ExitCode.INTERNAL,
            "zstd cannot be unpacked: its library, beside the program's jars, is missing, damaged or"
                + " for another kind of machine; unpack the whole distribution for this machine"
                + " elsewhere, or unpack the recording with: zstd -d",
            e);
      }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return in.read(to, offset, length);
      } catch (ZstdIOException e) {
        if (e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
          throw new WindowTooLarge(e);
        }
        throw e;
      }
    }
  }

  /** A recording that is whole and that would need more memory than is fit. */
  static final class WindowTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    WindowTooLarge(IOException cause) {
      super(
          "it was packed with a window of more than 8 MiB, as zstd --long and --ultra do; unpack it"
              + " with: zstd -d --long=31",
          cause);
    }
  }
}

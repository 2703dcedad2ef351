package org.carillon.ssh.openssl;

import com.jcraft.jsch.HASH;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.carillon.core.libc.CLibrary;

/** SHA-256 of what is short, such as the texts of a key exchange. JSch makes it by its name. */
public final class Sha256Hash implements HASH {
  private static final int BYTES = 32;
  private static final MemorySegment DIGEST = OpenSsl.function("EVP_Digest");
  private static final MemorySegment SHA256 = OpenSsl.function("EVP_sha256");

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  /** JSch needs it. */
  public Sha256Hash() {}

  @Override
  public void init() {
    text.reset();
  }

  @Override
  public int getBlockSize() {
    return BYTES;
  }

  @Override
  public void update(byte[] bytes, int at, int length) {
    text.write(bytes, at, length);
  }

  @Override
  public byte[] digest() {
    try (Arena arena = Arena.ofConfined()) {
      CLibrary library = new CLibrary(arena);
      MemorySegment in = arena.allocate(Math.max(1, text.size()));
      MemorySegment out = arena.allocate(BYTES);
      MemorySegment.copy(text.toByteArray(), 0, in, ValueLayout.JAVA_BYTE, 0, text.size());
      long kind = library.callLong(SHA256, 0, 0, 0, 0, 0, 0);
      OpenSsl.require(
          library.call(DIGEST, in.address(), text.size(), out.address(), 0, kind, 0) == 1,
          "SHA-256");
      text.reset();
      in.fill((byte) 0); // of a key exchange, it holds the secret
      return out.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Override
  public String name() {
    return "SHA256";
  }
}

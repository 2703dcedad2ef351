package org.carillon.ssh.openssl;

import com.jcraft.jsch.Random;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import org.carillon.core.libc.CLibrary;

/** OpenSSL's random bytes, fit for keys (RAND_bytes(3)). JSch makes it by its name. */
public final class Randomness implements Random {
  private static final MemorySegment FILL = OpenSsl.function("RAND_bytes");

  /** JSch needs it. */
  public Randomness() {}

  /** JSch keeps one of these for good, so Java's own take over where OpenSSL refuses. */
  @Override
  public void fill(byte[] bytes, int at, int length) {
    if (!draw(bytes, at, length)) {
      byte[] javas = new byte[length];
      new SecureRandom().nextBytes(javas);
      System.arraycopy(javas, 0, bytes, at, length);
    }
  }

  /** Whether OpenSSL gave them. */
  static boolean draw(byte[] bytes, int at, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment drawn = arena.allocate(Math.max(1, length));
      if (new CLibrary(arena).call(FILL, drawn.address(), length, 0) != 1) {
        return false;
      }
      MemorySegment.copy(drawn, ValueLayout.JAVA_BYTE, 0, bytes, at, length);
      drawn.fill((byte) 0);
      return true;
    }
  }
}

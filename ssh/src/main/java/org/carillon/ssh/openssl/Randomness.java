package org.carillon.ssh.openssl;

import com.jcraft.jsch.Random;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.Arrays;
import org.carillon.core.libc.CLibrary;

/** OpenSSL's random bytes, fit for keys (RAND_bytes(3)). JSch makes it by its name. */
public final class Randomness implements Random {
  private static final MemorySegment FILL = OpenSsl.function("RAND_bytes");

  /** What packets are filled up with is a few bytes for each: these are drawn ahead of time. */
  private static final int FEW_BYTES = 31;

  private static final byte[] STOCK = new byte[1 << 10];
  private static int usedBytes = STOCK.length;

  /** JSch needs it. */
  public Randomness() {}

  /** JSch keeps one of these for good, so Java's own take over where OpenSSL refuses. */
  @Override
  public void fill(byte[] bytes, int at, int length) {
    if (!(length <= FEW_BYTES ? take(bytes, at, length) : draw(bytes, at, length))) {
      byte[] javas = new byte[length];
      new SecureRandom().nextBytes(javas);
      System.arraycopy(javas, 0, bytes, at, length);
    }
  }

  /** Takes what nobody had before, and leaves nothing of it. */
  private static boolean take(byte[] bytes, int at, int length) {
    synchronized (STOCK) {
      if (STOCK.length - usedBytes < length) {
        if (!draw(STOCK, 0, STOCK.length)) {
          return false;
        }
        usedBytes = 0;
      }
      System.arraycopy(STOCK, usedBytes, bytes, at, length);
      Arrays.fill(STOCK, usedBytes, usedBytes + length, (byte) 0);
      usedBytes += length;
      return true;
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

package org.carillon.ssh.openssl;

import com.jcraft.jsch.Random;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.carillon.core.libc.CLibrary;

/** OpenSSL's random bytes, fit for keys (RAND_bytes(3)). JSch makes it by its name. */
public final class Randomness implements Random {
  private static final MemorySegment FILL = OpenSsl.function("RAND_bytes");

  /** JSch needs it. */
  public Randomness() {}

  @Override
  public void fill(byte[] bytes, int at, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment drawn = arena.allocate(Math.max(1, length));
      OpenSsl.require(
          new CLibrary(arena).call(FILL, drawn.address(), length, 0) == 1, "random bytes");
      MemorySegment.copy(drawn, ValueLayout.JAVA_BYTE, 0, bytes, at, length);
      drawn.fill((byte) 0);
    }
  }
}

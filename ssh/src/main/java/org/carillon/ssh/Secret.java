package org.carillon.ssh;

import java.nio.charset.StandardCharsets;

/**
 * A text that no log, message or debugger's view of a record may show.
 *
 * @param text up to {@link #SIZE_MAX_BYTES} in UTF-8, without NUL
 */
public record Secret(String text) {

  /** The smallest buffer of a pipe, so that handing a secret over never waits for its reader. */
  public static final int SIZE_MAX_BYTES = 4096;

  public Secret {
    if (text.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a secret cannot hold a NUL character");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > SIZE_MAX_BYTES) {
      throw new IllegalArgumentException("a secret has at most " + SIZE_MAX_BYTES + " bytes");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}

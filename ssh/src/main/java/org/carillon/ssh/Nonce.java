package org.carillon.ssh;

import java.util.HexFormat;
import org.carillon.ssh.openssl.OpenSsl;

/** Words that nobody can foresee, so that no text holds one by chance or on purpose. */
public final class Nonce {
  private static final int BYTES = 16;

  private Nonce() {}

  /** A new one: 32 hexadecimal digits. */
  public static String fresh() {
    return HexFormat.of().formatHex(OpenSsl.randomBytes(BYTES));
  }
}

package org.carillon.ssh.openssl;

import com.jcraft.jsch.XDH;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The key exchange X25519 (RFC 7748). JSch makes it by its name. */
public final class Curve25519 implements XDH {
  static final String NAME = "X25519";
  static final int BYTES = 32;

  private final byte[] secret = new byte[BYTES];
  private byte[] open = {};

  /** JSch needs it. */
  public Curve25519() {}

  @Override
  public void init(String name, int length) throws GeneralSecurityException {
    if (!name.equals(NAME)) {
      throw new NoSuchAlgorithmException(name);
    }
    new Randomness().fill(secret, 0, BYTES);
    try (RawKey key = RawKey.secret(RawKey.X25519, secret)) {
      open = key.openBytes();
    }
  }

  @Override
  public byte[] getQ() {
    return open.clone();
  }

  /** Once for each key: an exchange uses it no more than that. */
  @Override
  public byte[] getSecret(byte[] other) throws InvalidKeyException {
    try (RawKey mine = RawKey.secret(RawKey.X25519, secret);
        RawKey theirs = RawKey.open(RawKey.X25519, other)) {
      return mine.agree(theirs);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Every 32 bytes are a point; the few that lead to zero are refused in the exchange. */
  @Override
  public boolean validate(byte[] other) {
    return other.length == BYTES;
  }
}

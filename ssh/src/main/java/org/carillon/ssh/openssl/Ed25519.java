package org.carillon.ssh.openssl;

import com.jcraft.jsch.SignatureEdDSA;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;

/** The signatures ssh-ed25519 (RFC 8709). JSch makes it by its name. */
public final class Ed25519 implements SignatureEdDSA {
  private static final byte[] NAME = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTES = 64;

  /** What stands before the signature in the form that RFC 8709 gives it. */
  private static final byte[] HEAD =
      ByteBuffer.allocate(4 + NAME.length + 4).putInt(NAME.length).put(NAME).putInt(BYTES).array();

  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private byte[] open = {};
  private byte[] secret = {};

  /** JSch needs it. */
  public Ed25519() {}

  @Override
  public void init() {
    message.reset();
  }

  @Override
  public void setPubKey(byte[] key) {
    open = key.clone();
  }

  @Override
  public void setPrvKey(byte[] key) {
    secret = key.clone();
  }

  @Override
  public void update(byte[] bytes) {
    message.writeBytes(bytes);
  }

  @Override
  public byte[] sign() throws InvalidKeyException {
    try (RawKey key = RawKey.secret(RawKey.ED25519, secret)) {
      return key.sign(message.toByteArray());
    }
  }

  @Override
  public boolean verify(byte[] signature) throws InvalidKeyException {
    ByteBuffer bytes = ByteBuffer.wrap(signature);
    if (signature.length == HEAD.length + BYTES
        && bytes.slice(0, HEAD.length).equals(ByteBuffer.wrap(HEAD))) {
      bytes.position(HEAD.length);
    }
    byte[] bare = new byte[bytes.remaining()];
    bytes.get(bare);
    try (RawKey key = RawKey.open(RawKey.ED25519, open)) {
      return bare.length == BYTES && key.verify(message.toByteArray(), bare);
    }
  }
}

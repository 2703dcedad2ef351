package org.carillon.ssh.openssl;

import com.jcraft.jsch.Cipher;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The cipher aes128-gcm@openssh.com (RFC 5647, and OpenSSH's PROTOCOL), one direction of one
 * connection. JSch makes it by its name.
 */
public final class AesGcm implements Cipher {
  private static final int KEY_BYTES = 16;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int BLOCK_BYTES = 16;

  private GcmContext context;
  private byte[] open = {};

  /** 4 bytes that stay, and a counter of packets. */
  private ByteBuffer iv = ByteBuffer.allocate(IV_BYTES);

  private long firstCounter;

  /** JSch needs it. */
  public AesGcm() {}

  @Override
  public void init(int mode, byte[] key, byte[] newIv) {
    context = new GcmContext(mode == ENCRYPT_MODE, Arrays.copyOf(key, KEY_BYTES));
    iv = ByteBuffer.wrap(Arrays.copyOf(newIv, IV_BYTES));
    firstCounter = iv.getLong(4);
  }

  @Override
  public void updateAAD(byte[] in, int at, int length) {
    open = Arrays.copyOfRange(in, at, at + length);
  }

  @Override
  public void doFinal(byte[] in, int inAt, int length, byte[] out, int outAt) throws Exception {
    context.packet(iv.array(), open, in, inAt, length, out, outAt);
    long counter = iv.getLong(4) + 1;
    if (counter == firstCounter) {
      throw new IllegalStateException("a counter of packets must not come again under one key");
    }
    iv.putLong(4, counter);
  }

  /** With a tag in every packet, nothing is encrypted in parts. */
  @Override
  public void update(byte[] in, int inAt, int length, byte[] out, int outAt) {
    throw new UnsupportedOperationException("AES-GCM is for whole packets");
  }

  /** What JSch calls so is the length of a block, to which packets are filled up. */
  @Override
  public int getIVSize() {
    return BLOCK_BYTES;
  }

  /** What JSch calls so is the length of the key. */
  @Override
  public int getBlockSize() {
    return KEY_BYTES;
  }

  @Override
  public int getTagSize() {
    return TAG_BYTES;
  }

  @Override
  public boolean isCBC() {
    return false;
  }

  @Override
  public boolean isAEAD() {
    return true;
  }
}

package org.carillon.ssh;

import com.jcraft.jsch.Cipher;
import com.jcraft.jsch.jce.AES128GCM;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cipher aes128-gcm@openssh.com (RFC 5647, and OpenSSH's PROTOCOL): by Java for what is short,
 * and by {@link LibCrypto} from the 64th kilobyte on, where there is one. JSch makes it by its
 * name.
 */
public final class AesGcm implements Cipher {
  /** To load and link the library costs as much as this costs by Java. */
  private static final long SHORT_BYTES = 64 << 10;

  private static final int KEY_BYTES = 16;
  private static final int IV_BYTES = 12;

  private final AES128GCM java = new AES128GCM();
  private Optional<LibCrypto> swift = Optional.empty();
  private boolean decided;
  private boolean encrypting;
  private byte[] key = {};
  private byte[] open = {};

  /** 4 bytes that stay, and a counter of packets. */
  private ByteBuffer iv = ByteBuffer.allocate(IV_BYTES);

  private long firstCounter;
  private long movedBytes;

  /** JSch needs it. */
  public AesGcm() {}

  @Override
  public void init(int mode, byte[] newKey, byte[] newIv) throws Exception {
    java.init(mode, newKey, newIv);
    encrypting = mode == ENCRYPT_MODE;
    key = Arrays.copyOf(newKey, KEY_BYTES);
    iv = ByteBuffer.wrap(Arrays.copyOf(newIv, IV_BYTES));
    firstCounter = iv.getLong(4);
    swift = Optional.empty();
    decided = false;
    movedBytes = 0;
  }

  @Override
  public void updateAAD(byte[] in, int at, int length) throws Exception {
    if (swift.isPresent()) {
      open = Arrays.copyOfRange(in, at, at + length);
    } else {
      java.updateAAD(in, at, length);
    }
  }

  @Override
  public void doFinal(byte[] in, int inAt, int length, byte[] out, int outAt) throws Exception {
    if (swift.isPresent()) {
      swift.get().packet(iv.array(), open, in, inAt, length, out, outAt);
    } else {
      java.doFinal(in, inAt, length, out, outAt);
    }
    long counter = iv.getLong(4) + 1;
    if (counter == firstCounter) {
      throw new IllegalStateException("a counter of packets must not come again under one key");
    }
    iv.putLong(4, counter);
    movedBytes += length;
    if (!decided && movedBytes >= SHORT_BYTES) {
      decided = true;
      swift = LibCrypto.aes128Gcm(encrypting, key);
    }
  }

  /** With a tag in every packet, nothing is encrypted in parts. */
  @Override
  public void update(byte[] in, int inAt, int length, byte[] out, int outAt) {
    throw new UnsupportedOperationException("AES-GCM is for whole packets");
  }

  @Override
  public int getIVSize() {
    return java.getIVSize();
  }

  @Override
  public int getBlockSize() {
    return java.getBlockSize();
  }

  @Override
  public int getTagSize() {
    return java.getTagSize();
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

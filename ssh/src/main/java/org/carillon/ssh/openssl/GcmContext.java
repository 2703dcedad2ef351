package org.carillon.ssh.openssl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import javax.crypto.AEADBadTagException;
import org.carillon.core.libc.CLibrary;

/** AES-128-GCM in OpenSSL's hands, one direction of one connection (EVP_EncryptInit(3)). */
final class GcmContext {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int TAG_BYTES = 16;
  private static final int IV_BYTES = 12;

  /** Most packets of a login and of a short command are smaller. */
  private static final int FIRST_BYTES = 2 << 10;

  // openssl/evp.h
  private static final long EVP_CTRL_AEAD_GET_TAG = 0x10;
  private static final long EVP_CTRL_AEAD_SET_TAG = 0x11;

  private static final MemorySegment NEW = OpenSsl.function("EVP_CIPHER_CTX_new");
  private static final MemorySegment FREE = OpenSsl.function("EVP_CIPHER_CTX_free");
  private static final MemorySegment AES_128_GCM = OpenSsl.function("EVP_aes_128_gcm");
  private static final MemorySegment INIT = OpenSsl.function("EVP_CipherInit_ex");
  private static final MemorySegment UPDATE = OpenSsl.function("EVP_CipherUpdate");
  private static final MemorySegment END = OpenSsl.function("EVP_CipherFinal_ex");
  private static final MemorySegment CONTROL = OpenSsl.function("EVP_CIPHER_CTX_ctrl");

  /** Freed with this object. */
  private final Arena arena = Arena.ofAuto();

  private final CLibrary library = new CLibrary(arena);
  private final MemorySegment small = arena.allocate(64);
  private final long context;
  private final boolean encrypting;
  private MemorySegment block = arena.allocate(FIRST_BYTES);

  /**
   * @param key 16 bytes
   */
  GcmContext(boolean encrypting, byte[] key) {
    this.encrypting = encrypting;
    long made = library.callLong(NEW, 0, 0, 0, 0, 0, 0);
    OpenSsl.require(made != 0, "AES-128-GCM");
    this.context = made;
    CLEANER.register(this, new Release(made));
    MemorySegment.copy(key, 0, small, ValueLayout.JAVA_BYTE, 0, TAG_BYTES);
    long cipher = library.callLong(AES_128_GCM, 0, 0, 0, 0, 0, 0);
    require(library.call(INIT, context, cipher, 0, small.address(), 0, encrypting ? 1 : 0));
    small.fill((byte) 0);
  }

  private record Release(long context) implements Runnable {
    @Override
    public void run() {
      try (Arena brief = Arena.ofConfined()) {
        new CLibrary(brief).callLong(FREE, context, 0, 0, 0, 0, 0);
      }
    }
  }

  private static void require(int answer) {
    OpenSsl.require(answer == 1, "AES-128-GCM");
  }

  /**
   * One packet. Encrypting, its tag is appended; decrypting, its last 16 bytes are the tag.
   *
   * @param iv 12 bytes, never used before with this key to encrypt
   * @param open what is not encrypted but vouched for
   */
  void packet(byte[] iv, byte[] open, byte[] in, int inAt, int length, byte[] out, int outAt)
      throws AEADBadTagException {
    int text = encrypting ? length : length - TAG_BYTES;
    if (block.byteSize() < length + TAG_BYTES) {
      block = arena.allocate(2L * (length + TAG_BYTES)); // few steps, as the old ones stay
    }
    long produced = small.address() + 48;
    MemorySegment.copy(iv, 0, small, ValueLayout.JAVA_BYTE, 0, IV_BYTES);
    MemorySegment.copy(open, 0, small, ValueLayout.JAVA_BYTE, 16, open.length);
    MemorySegment.copy(in, inAt, block, ValueLayout.JAVA_BYTE, 0, length);
    require(library.call(INIT, context, 0, 0, 0, small.address(), encrypting ? 1 : 0));
    require(library.call(UPDATE, context, 0, produced, small.address() + 16, open.length, 0));
    long at = block.address();
    require(library.call(UPDATE, context, at, produced, at, text, 0));
    if (!encrypting) {
      require(library.call(CONTROL, context, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, at + text, 0, 0));
    }
    if (library.call(END, context, at + text, produced) != 1) {
      throw new AEADBadTagException("a packet is not what was sent");
    }
    if (encrypting) {
      require(library.call(CONTROL, context, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, at + text, 0, 0));
    }
    MemorySegment.copy(
        block, ValueLayout.JAVA_BYTE, 0, out, outAt, encrypting ? text + TAG_BYTES : text);
  }
}

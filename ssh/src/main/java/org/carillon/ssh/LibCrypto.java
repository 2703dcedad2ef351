package org.carillon.ssh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.carillon.core.libc.CLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AES-128-GCM by the system's OpenSSL, which OpenSSH needs as well, so that it is nearly
 * everywhere. Java's own is as fast once it is compiled, but until then, for the first hundred
 * megabytes, it takes fifty times as long. One object serves one direction of one connection.
 */
final class LibCrypto {
  private static final Logger LOG = LoggerFactory.getLogger(LibCrypto.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int TAG_BYTES = 16;
  private static final int IV_BYTES = 12;

  // openssl/evp.h
  private static final long EVP_CTRL_AEAD_GET_TAG = 0x10;
  private static final long EVP_CTRL_AEAD_SET_TAG = 0x11;

  /** What it is called since OpenSSL 3, and before. */
  private static final String[] NAMES = {"libcrypto.so.3", "libcrypto.so.1.1"};

  /** Loaded when the first connection moves much. */
  private static final class Library {
    private static final Optional<SymbolLookup> FOUND = find();

    @SuppressWarnings("restricted") // The functions are called as their manual pages have them.
    private static Optional<SymbolLookup> find() {
      for (String name : NAMES) {
        try {
          SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
          if (library.find("EVP_aes_128_gcm").isPresent()) {
            return Optional.of(library);
          }
        } catch (IllegalArgumentException e) {
          LOG.debug("there is no {}", name, e);
        }
      }
      return Optional.empty();
    }
  }

  private final MemorySegment init = function("EVP_CipherInit_ex");
  private final MemorySegment update = function("EVP_CipherUpdate");
  private final MemorySegment end = function("EVP_CipherFinal_ex");
  private final MemorySegment control = function("EVP_CIPHER_CTX_ctrl");

  /** Freed with this object. */
  private final Arena arena = Arena.ofAuto();

  private final CLibrary library = new CLibrary(arena);
  private final MemorySegment small = arena.allocate(64);
  private final long context;
  private final boolean encrypting;
  private MemorySegment block = arena.allocate(1 << 16);

  private LibCrypto(boolean encrypting, byte[] key) {
    this.encrypting = encrypting;
    long made = library.callLong(function("EVP_CIPHER_CTX_new"), 0, 0, 0, 0, 0, 0);
    this.context = made;
    CLEANER.register(this, new Release(made));
    MemorySegment.copy(key, 0, small, ValueLayout.JAVA_BYTE, 0, TAG_BYTES);
    long cipher = library.callLong(function("EVP_aes_128_gcm"), 0, 0, 0, 0, 0, 0);
    require(library.call(init, context, cipher, 0, small.address(), 0, encrypting ? 1 : 0));
    small.fill((byte) 0);
  }

  private record Release(long context) implements Runnable {
    @Override
    public void run() {
      try (Arena brief = Arena.ofConfined()) {
        new CLibrary(brief).callLong(function("EVP_CIPHER_CTX_free"), context, 0, 0, 0, 0, 0);
      }
    }
  }

  /**
   * A cipher with a key; empty where the system has no such library.
   *
   * @param key 16 bytes
   */
  static Optional<LibCrypto> aes128Gcm(boolean encrypting, byte[] key) {
    return Library.FOUND.map(found -> new LibCrypto(encrypting, key));
  }

  private static MemorySegment function(String name) {
    return Library.FOUND.orElseThrow().find(name).orElseThrow();
  }

  /** Every one of these functions returns 1 if it succeeded. */
  private static void require(int answer) {
    if (answer != 1) {
      throw new IllegalStateException("OpenSSL refuses AES-128-GCM");
    }
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
      block = arena.allocate(length + TAG_BYTES);
    }
    long produced = small.address() + 48;
    MemorySegment.copy(iv, 0, small, ValueLayout.JAVA_BYTE, 0, IV_BYTES);
    MemorySegment.copy(open, 0, small, ValueLayout.JAVA_BYTE, 16, open.length);
    MemorySegment.copy(in, inAt, block, ValueLayout.JAVA_BYTE, 0, length);
    require(library.call(init, context, 0, 0, 0, small.address(), encrypting ? 1 : 0));
    require(library.call(update, context, 0, produced, small.address() + 16, open.length, 0));
    long at = block.address();
    require(library.call(update, context, at, produced, at, text, 0));
    if (!encrypting) {
      require(library.call(control, context, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, at + text, 0, 0));
    }
    if (library.call(end, context, at + text, produced) != 1) {
      throw new AEADBadTagException("a packet is not what was sent");
    }
    if (encrypting) {
      require(library.call(control, context, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, at + text, 0, 0));
    }
    MemorySegment.copy(
        block, ValueLayout.JAVA_BYTE, 0, out, outAt, encrypting ? text + TAG_BYTES : text);
  }
}

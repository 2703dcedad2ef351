package org.carillon.ssh.openssl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.InvalidKeyException;
import java.util.Optional;
import org.carillon.core.libc.CLibrary;

/** A key of 32 bytes in OpenSSL's hands (EVP_PKEY, evp(7)); for one thread, until it is closed. */
final class RawKey implements AutoCloseable {
  /** NID_X25519 of openssl/obj_mac.h. */
  static final int X25519 = 1034;

  /** NID_ED25519. */
  static final int ED25519 = 1087;

  private static final int BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private static final MemorySegment NEW_SECRET = OpenSsl.function("EVP_PKEY_new_raw_private_key");
  private static final MemorySegment NEW_PUBLIC = OpenSsl.function("EVP_PKEY_new_raw_public_key");
  private static final MemorySegment GET_PUBLIC = OpenSsl.function("EVP_PKEY_get_raw_public_key");
  private static final MemorySegment FREE = OpenSsl.function("EVP_PKEY_free");
  private static final MemorySegment NEW_CONTEXT = OpenSsl.function("EVP_PKEY_CTX_new");
  private static final MemorySegment FREE_CONTEXT = OpenSsl.function("EVP_PKEY_CTX_free");
  private static final MemorySegment DERIVE_INIT = OpenSsl.function("EVP_PKEY_derive_init");
  private static final MemorySegment DERIVE_PEER = OpenSsl.function("EVP_PKEY_derive_set_peer");
  private static final MemorySegment DERIVE = OpenSsl.function("EVP_PKEY_derive");
  private static final MemorySegment NEW_DIGEST = OpenSsl.function("EVP_MD_CTX_new");
  private static final MemorySegment FREE_DIGEST = OpenSsl.function("EVP_MD_CTX_free");
  private static final MemorySegment SIGN_INIT = OpenSsl.function("EVP_DigestSignInit");
  private static final MemorySegment SIGN = OpenSsl.function("EVP_DigestSign");
  private static final MemorySegment VERIFY_INIT = OpenSsl.function("EVP_DigestVerifyInit");
  private static final MemorySegment VERIFY = OpenSsl.function("EVP_DigestVerify");

  private final Arena arena = Arena.ofConfined();
  private final CLibrary library = new CLibrary(arena);

  /** An answer, and before it the length that it may have. */
  private final MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);

  private final MemorySegment answer = arena.allocate(SIGNATURE_BYTES);
  private final MemorySegment raw;
  private final long key;

  private RawKey(MemorySegment maker, int kind, byte[] bytes) throws InvalidKeyException {
    if (bytes.length != BYTES) {
      throw new InvalidKeyException("a key of " + bytes.length + " bytes, not " + BYTES);
    }
    raw = copy(bytes);
    key = library.callLong(maker, kind, 0, raw.address(), BYTES, 0, 0);
    OpenSsl.require(key != 0, "a key");
  }

  /**
   * A private key.
   *
   * @param kind {@link #X25519} or {@link #ED25519}
   * @param bytes 32, as RFC 7748 and RFC 8032 have them
   */
  static RawKey secret(int kind, byte[] bytes) throws InvalidKeyException {
    return new RawKey(NEW_SECRET, kind, bytes);
  }

  /** A public key. */
  static RawKey open(int kind, byte[] bytes) throws InvalidKeyException {
    return new RawKey(NEW_PUBLIC, kind, bytes);
  }

  /** The public key that belongs to it. */
  byte[] openBytes() {
    return answer(
        BYTES, "the public half", () -> call(GET_PUBLIC, key, answer.address(), length.address()));
  }

  /** What both sides of an exchange come to; refuses a public key that leads to zero. */
  byte[] agree(RawKey other) throws InvalidKeyException {
    Optional<byte[]> secret = derive(other);
    if (secret.isEmpty()) {
      // Where nothing comes of its own public key, either, it is not for the other side's key.
      try (RawKey own = open(X25519, openBytes())) {
        OpenSsl.require(derive(own).isPresent(), "the key exchange");
      }
      throw new InvalidKeyException("the other side's key gives the key exchange away");
    }
    return secret.get();
  }

  private Optional<byte[]> derive(RawKey other) {
    long context = library.callLong(NEW_CONTEXT, key, 0, 0, 0, 0, 0);
    try {
      OpenSsl.require(
          context != 0
              && call(DERIVE_INIT, context, 0, 0) == 1
              && call(DERIVE_PEER, context, other.key, 0) == 1,
          "the key exchange");
      length.set(ValueLayout.JAVA_LONG, 0, BYTES);
      return call(DERIVE, context, answer.address(), length.address()) == 1
          ? Optional.of(answer.asSlice(0, BYTES).toArray(ValueLayout.JAVA_BYTE))
          : Optional.empty();
    } finally {
      library.callLong(FREE_CONTEXT, context, 0, 0, 0, 0, 0);
    }
  }

  /** The signature of 64 bytes. */
  byte[] sign(byte[] message) {
    long digest = digest();
    try {
      long text = copy(message).address();
      return answer(
          SIGNATURE_BYTES,
          "a signature",
          () ->
              library.call(SIGN_INIT, digest, 0, 0, 0, key, 0) == 1
                  ? library.call(
                      SIGN, digest, answer.address(), length.address(), text, message.length, 0)
                  : 0);
    } finally {
      library.callLong(FREE_DIGEST, digest, 0, 0, 0, 0, 0);
    }
  }

  /** Whether the signature is this key's. */
  boolean verify(byte[] message, byte[] signature) {
    long digest = digest();
    try {
      long sealed = copy(signature).address();
      long text = copy(message).address();
      OpenSsl.require(library.call(VERIFY_INIT, digest, 0, 0, 0, key, 0) == 1, "a check");
      return library.call(VERIFY, digest, sealed, signature.length, text, message.length, 0) == 1;
    } finally {
      library.callLong(FREE_DIGEST, digest, 0, 0, 0, 0, 0);
    }
  }

  /** A call of OpenSSL that returns 1 if it succeeded. */
  @FunctionalInterface
  private interface Answering {
    int ask();
  }

  private byte[] answer(int bytes, String what, Answering call) {
    length.set(ValueLayout.JAVA_LONG, 0, bytes);
    OpenSsl.require(call.ask() == 1 && length.get(ValueLayout.JAVA_LONG, 0) == bytes, what);
    return answer.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE);
  }

  private long digest() {
    long made = library.callLong(NEW_DIGEST, 0, 0, 0, 0, 0, 0);
    OpenSsl.require(made != 0, "a context");
    return made;
  }

  private int call(MemorySegment function, long a, long b, long c) {
    return library.call(function, a, b, c);
  }

  private MemorySegment copy(byte[] bytes) {
    MemorySegment copy = arena.allocate(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return copy;
  }

  @Override
  public void close() {
    library.callLong(FREE, key, 0, 0, 0, 0, 0);
    raw.fill((byte) 0);
    answer.fill((byte) 0);
    arena.close();
  }
}

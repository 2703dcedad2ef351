package org.carillon.ntp.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a server calls the source of its time (RFC 5905 §7.3). */
public final class ReferenceId {

  private ReferenceId() {}

  /** Four ASCII letters: the kind of a primary server's clock, or a kiss code. */
  public static int of(String fourLetters) {
    byte[] letters = fourLetters.getBytes(StandardCharsets.US_ASCII);
    if (letters.length != 4) {
      throw new IllegalArgumentException("'" + fourLetters + "' is not four letters");
    }
    return ByteBuffer.wrap(letters).getInt();
  }

  /** A server's address: itself if IPv4, the first four bytes of its MD5 hash if IPv6. */
  public static int of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(address instanceof Inet4Address ? bytes : md5(bytes)).getInt();
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}

package org.carillon.ntp.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The NTP header (RFC 5905 §7.3). Any 48 bytes are one; whether its values make sense is for the
 * receiver to judge.
 *
 * @param leap 0 no warning, 1 last minute of the day has 61 s, 2 it has 59 s, 3 unsynchronized
 * @param version 0–7; 3 and 4 are in use
 * @param mode 0–7; 3 is a client, 4 a server
 * @param stratum 0–255; 0 a kiss-o'-death or unspecified, 1 a primary server, 16 unsynchronized
 * @param poll log2 of the poll interval in s
 * @param precision log2 of the clock's precision in s
 * @param rootDelay round trip to the primary server in NTP short format
 * @param rootDispersion error of the server's clock in NTP short format
 * @param referenceId the server's source: four letters, an IPv4 address, or a hash
 * @param reference when the server's clock was last set, NTP timestamp format, as are the others
 * @param origin the client's transmit timestamp, returned
 * @param receive when the request came, on the server's clock
 * @param transmit when the packet left, on the sender's clock
 */
public record NtpPacket(
    int leap,
    int version,
    int mode,
    int stratum,
    int poll,
    int precision,
    int rootDelay,
    int rootDispersion,
    int referenceId,
    long reference,
    long origin,
    long receive,
    long transmit) {

  /** Length of the header in bytes. */
  public static final int SIZE_BYTES = 48;

  /** The mode of a request. */
  public static final int MODE_CLIENT = 3;

  /** The mode of an answer. */
  public static final int MODE_SERVER = 4;

  /** The leap indicator of a server that is not synchronized. */
  public static final int LEAP_UNSYNCHRONIZED = 3;

  /** From this stratum on a server is unsynchronized. */
  public static final int STRATUM_UNSYNCHRONIZED = 16;

  public NtpPacket {
    requireBits("leap", leap, 2);
    requireBits("version", version, 3);
    requireBits("mode", mode, 3);
    requireBits("stratum", stratum, 8);
    if (poll != (byte) poll || precision != (byte) precision) {
      throw new IllegalArgumentException(
          "poll " + poll + " and precision " + precision + " are signed bytes");
    }
  }

  private static void requireBits(String field, int value, int bits) {
    if (value >>> bits != 0) {
      throw new IllegalArgumentException(field + " " + value + " has more than " + bits + " bits");
    }
  }

  /**
   * A version 4 request that tells nothing about its sender: every field is empty but the transmit
   * timestamp, and that is a random number which only a real answer can return.
   */
  public static NtpPacket request(long cookie) {
    return new NtpPacket(0, 4, MODE_CLIENT, 0, 0, 0, 0, 0, 0, 0, 0, 0, cookie);
  }

  /**
   * A version 4 request that asks for an interleaved answer (RFC 9769 §2).
   *
   * @param origin the receive timestamp of the answer whose departure is asked for
   * @param interleavedCookie what an interleaved answer is to return
   * @param cookie what an answer in basic mode is to return
   */
  public static NtpPacket request(long origin, long interleavedCookie, long cookie) {
    return new NtpPacket(0, 4, MODE_CLIENT, 0, 0, 0, 0, 0, 0, 0, origin, interleavedCookie, cookie);
  }

  /** The same with another origin and transmit timestamp. */
  public NtpPacket with(long otherOrigin, long otherTransmit) {
    return new NtpPacket(
        leap,
        version,
        mode,
        stratum,
        poll,
        precision,
        rootDelay,
        rootDispersion,
        referenceId,
        reference,
        otherOrigin,
        receive,
        otherTransmit);
  }

  /**
   * Reads a header; extension fields and authenticators behind it are left unread.
   *
   * @return empty if there are fewer than 48 bytes
   */
  public static Optional<NtpPacket> parse(ByteBuffer datagram) {
    if (datagram.remaining() < SIZE_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = datagram.slice().order(ByteOrder.BIG_ENDIAN);
    int first = in.get();
    return Optional.of(
        new NtpPacket(
            first >> 6 & 3,
            first >> 3 & 7,
            first & 7,
            in.get() & 0xFF,
            in.get(),
            in.get(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong()));
  }

  /** Writes the 48 bytes at the buffer's position. */
  public void encode(ByteBuffer into) {
    into.order(ByteOrder.BIG_ENDIAN)
        .put((byte) (leap << 6 | version << 3 | mode))
        .put((byte) stratum)
        .put((byte) poll)
        .put((byte) precision)
        .putInt(rootDelay)
        .putInt(rootDispersion)
        .putInt(referenceId)
        .putLong(reference)
        .putLong(origin)
        .putLong(receive)
        .putLong(transmit);
  }

  /** Writes the 48 bytes into an array of their own. */
  public byte[] bytes() {
    byte[] bytes = new byte[SIZE_BYTES];
    encode(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** Root delay in ns, rounded up. */
  public long rootDelayNs() {
    return NtpShort.toNs(rootDelay);
  }

  /** Root dispersion in ns, rounded up. */
  public long rootDispersionNs() {
    return NtpShort.toNs(rootDispersion);
  }

  /**
   * Precision of the sender's clock in ns, rounded up: 1 ns to 1 s, even if the packet says worse.
   */
  public long precisionNs() {
    return (long) Math.ceil(Math.scalb(1e9, Math.min(precision, 0)));
  }

  /** The code of a packet of stratum 0, such as RATE, if it has one (RFC 5905 §7.4). */
  public Optional<String> kissCode() {
    if (stratum != 0) {
      return Optional.empty();
    }
    byte[] letters = ByteBuffer.allocate(4).putInt(referenceId).array();
    for (byte letter : letters) {
      if (letter < 'A' || letter > 'Z') {
        return Optional.empty();
      }
    }
    return Optional.of(new String(letters, StandardCharsets.US_ASCII));
  }
}

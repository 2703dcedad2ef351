package org.carillon.core.udp;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a socket needs room for. A socket holds {@code batch × datagramBytesMax} bytes outside the
 * heap.
 *
 * @param datagramBytesMax longer datagrams are cut off and say so, 1–65,536
 * @param batch how many datagrams one call to the kernel may bring, 1–1,024
 * @param receiveBufferBytes what to ask the kernel to keep for this socket while nobody receives,
 *     at least 1; it may give less
 * @param transmitStamps whether to ask the kernel when each datagram left, which makes a send
 *     costlier; see {@link UdpSocket#transmitTimeNs()}
 * @param waiting what a receive does until something comes
 */
public record UdpSettings(
    int datagramBytesMax,
    int batch,
    OptionalInt receiveBufferBytes,
    boolean transmitStamps,
    Waiting waiting) {

  /** More than UDP over IPv4 or IPv6 can carry without jumbograms, so that nothing is cut off. */
  public static final int ANY_DATAGRAM_BYTES = 65_536;

  private static final int BATCH_MAX = 1_024;

  public UdpSettings {
    if (datagramBytesMax < 1 || datagramBytesMax > ANY_DATAGRAM_BYTES) {
      throw new IllegalArgumentException(
          "room for datagrams of " + datagramBytesMax + " bytes (1–" + ANY_DATAGRAM_BYTES + ")");
    }
    if (batch < 1 || batch > BATCH_MAX) {
      throw new IllegalArgumentException(
          "a batch of " + batch + " datagrams (1–" + BATCH_MAX + ")");
    }
    if (receiveBufferBytes.isPresent() && receiveBufferBytes.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "a receive buffer of " + receiveBufferBytes.getAsInt() + " bytes");
    }
    Objects.requireNonNull(waiting);
  }

  /** Room for a socket whose sends need no stamps, and whose datagrams are wanted at once. */
  public UdpSettings(int datagramBytesMax, int batch, OptionalInt receiveBufferBytes) {
    this(datagramBytesMax, batch, receiveBufferBytes, false, Waiting.PROMPT);
  }

  /** The same for a socket whose sends are stamped where the kernel can. */
  public UdpSettings withTransmitStamps() {
    return new UdpSettings(datagramBytesMax, batch, receiveBufferBytes, true, waiting);
  }

  /** The same for a socket that waits in another way. */
  public UdpSettings withWaiting(Waiting other) {
    return new UdpSettings(datagramBytesMax, batch, receiveBufferBytes, transmitStamps, other);
  }
}

package org.carillon.ntp.server;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.carillon.ntp.wire.NtpPacket;

/** What a datagram at the server turned out to be. Pure. */
sealed interface Request {

  /** A client's request of version 3 or 4. */
  record FromClient(NtpPacket packet) implements Request {}

  /** Well formed, but of another mode or version: a peer, a broadcast, an answer, control. */
  record NotFromClient() implements Request {}

  /** No NTP packet. */
  record Malformed() implements Request {}

  /**
   * Judges a datagram. Extension fields and authenticators, which come in words of four bytes, are
   * allowed and ignored, and never answered with more bytes than came.
   */
  static Request of(ByteBuffer datagram) {
    Optional<NtpPacket> packet = NtpPacket.parse(datagram);
    if (packet.isEmpty() || datagram.remaining() % 4 != 0) {
      return new Malformed();
    }
    int version = packet.get().version();
    boolean fromClient =
        packet.get().mode() == NtpPacket.MODE_CLIENT && (version == 3 || version == 4);
    return fromClient ? new FromClient(packet.get()) : new NotFromClient();
  }
}

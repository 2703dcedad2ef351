package org.carillon.core.event;

import java.nio.ByteBuffer;

/** Turns events into datagrams and back. */
public sealed interface EventCodec permits BinaryCodec, JsonCodec {

  /** Writes the event at the buffer's position; the buffer must have room for it. */
  void encode(Event event, ByteBuffer into);

  /**
   * Reads the datagram between the buffer's position and limit, whichever of the two forms it has:
   * the first byte tells them apart.
   */
  static Decoded decode(ByteBuffer datagram) {
    if (!datagram.hasRemaining()) {
      return new Decoded.Malformed("empty");
    }
    byte first = datagram.get(datagram.position());
    if (first == BinaryCodec.MAGIC_FIRST_BYTE) {
      return BinaryCodec.decodeBinary(datagram);
    }
    if (first == '{') {
      return JsonCodec.decodeJson(datagram);
    }
    return new Decoded.Malformed("neither binary nor JSON");
  }
}

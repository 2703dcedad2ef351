package org.carillon.core.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The binary datagram, big-endian: magic {@code CRLN} (4) · version 1 (1) · flags (1) · payload
 * length (2) · run id (8) · event id (8) · sequence number (8) · send time ns (8) · CRC-32C of all
 * other bytes (4) · payload.
 */
public final class BinaryCodec implements EventCodec {

  /** Bytes before the payload. */
  public static final int HEADER_BYTES = 44;

  static final byte MAGIC_FIRST_BYTE = 'C';

  private static final int MAGIC = 0x43524C4E; // "CRLN"
  private static final byte VERSION = 1;
  private static final int CRC_AT = 40;

  BinaryCodec() {}

  @Override
  public void encode(Event event, ByteBuffer into) {
    into.order(ByteOrder.BIG_ENDIAN);
    int start = into.position();
    into.putInt(MAGIC)
        .put(VERSION)
        .put((byte) 0)
        .putShort((short) event.payload().length)
        .putLong(event.runId().orElse(0))
        .putLong(event.eventId())
        .putLong(event.sequenceNumber())
        .putLong(event.sendTimeNs())
        .putInt(0)
        .put(event.payload());
    into.putInt(start + CRC_AT, crc(into, start, into.position()));
  }

  static Decoded decodeBinary(ByteBuffer datagram) {
    ByteBuffer in = datagram.slice().order(ByteOrder.BIG_ENDIAN);
    if (in.remaining() < HEADER_BYTES) {
      return new Decoded.Malformed("short");
    }
    if (in.getInt(0) != MAGIC) {
      return new Decoded.Malformed("neither binary nor JSON");
    }
    if (in.get(4) != VERSION) {
      return new Decoded.Malformed("of an unknown version");
    }
    int payloadBytes = Short.toUnsignedInt(in.getShort(6));
    if (in.remaining() != HEADER_BYTES + payloadBytes) {
      return new Decoded.Malformed("not as long as its header says");
    }
    if (in.getInt(CRC_AT) != crc(in, 0, in.limit())) {
      return new Decoded.Malformed("CRC does not match");
    }
    byte[] payload = new byte[payloadBytes];
    in.get(HEADER_BYTES, payload);
    return new Decoded.Valid(
        new Event(
            OptionalLong.of(in.getLong(8)),
            in.getLong(16),
            in.getLong(24),
            in.getLong(32),
            payload));
  }

  private static int crc(ByteBuffer buffer, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().position(from).limit(from + CRC_AT));
    crc.update(buffer.duplicate().limit(to).position(from + CRC_AT + Integer.BYTES));
    return (int) crc.getValue();
  }
}

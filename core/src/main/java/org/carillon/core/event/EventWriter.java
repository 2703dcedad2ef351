package org.carillon.core.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import org.carillon.core.Digits;

/**
 * Writes the events of one run, one after the other, without making objects. Each carries the
 * payload {@code event_N}, or that cut or filled up with dots to a given size. It belongs to one
 * thread.
 */
public final class EventWriter {

  private static final byte[] PAYLOAD = bytes("event_");
  private static final int PAYLOAD_ROOM_BYTES = PAYLOAD.length + Digits.ROOM_BYTES;
  private static final byte FILLER = '.';

  private static final byte[] EVENT_ID = bytes("{\"event_id\":");
  private static final byte[] SEND_TIME = bytes(",\"coordinator_timestamp_ns\":");
  private static final byte[] SEQUENCE_NUMBER = bytes(",\"sequence_number\":");
  private static final byte[] BEFORE_PAYLOAD = bytes(",\"payload\":\"");
  private static final byte[] AFTER_PAYLOAD = bytes("\"}");

  /** More than is before and after the payload in either form. */
  private static final int OVERHEAD_BYTES_MAX = 256;

  private final WireFormat wire;
  private final OptionalInt payloadBytes;
  private final CRC32C crc = new CRC32C();

  /** The datagram, as {@link #bytes} and as a view of them for what is big-endian. */
  private final ByteBuffer view;

  private final byte[] bytes;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @param payloadBytes size of every payload; {@code event_N} as it is if empty
   * @param runId stands in every binary datagram
   * @throws IllegalArgumentException if no datagram can hold such a payload
   */
  public EventWriter(WireFormat wire, OptionalInt payloadBytes, long runId) {
    int size = payloadBytes.orElse(0);
    if (size < 0 || size > Event.PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a payload has 0 to " + Event.PAYLOAD_BYTES_MAX + " bytes, not " + size);
    }
    this.wire = wire;
    this.payloadBytes = payloadBytes;
    this.bytes = new byte[OVERHEAD_BYTES_MAX + size + PAYLOAD_ROOM_BYTES];
    this.view = ByteBuffer.wrap(bytes);
    view.putInt(BinaryLayout.MAGIC_AT, BinaryLayout.MAGIC)
        .put(BinaryLayout.VERSION_AT, BinaryLayout.VERSION)
        .putLong(BinaryLayout.RUN_ID_AT, runId);
  }

  /**
   * Writes an event at the buffer's beginning and sets its limit after it.
   *
   * @param datagram has room for it, best 65,536 bytes
   */
  public void write(long eventId, long sequenceNumber, long sendTimeNs, ByteBuffer datagram) {
    int length =
        switch (wire) {
          case BINARY -> writeBinary(eventId, sequenceNumber, sendTimeNs);
          case JSON -> writeJson(eventId, sequenceNumber, sendTimeNs);
        };
    datagram.clear().put(0, bytes, 0, length).limit(length);
  }

  private int writeBinary(long eventId, long sequenceNumber, long sendTimeNs) {
    int end = putPayload(eventId, BinaryLayout.HEADER_BYTES);
    view.putShort(BinaryLayout.PAYLOAD_BYTES_AT, (short) (end - BinaryLayout.HEADER_BYTES))
        .putLong(BinaryLayout.EVENT_ID_AT, eventId)
        .putLong(BinaryLayout.SEQUENCE_NUMBER_AT, sequenceNumber)
        .putLong(BinaryLayout.SEND_TIME_AT, sendTimeNs);
    view.putInt(BinaryLayout.CRC_AT, BinaryLayout.crc(crc, view.limit(end)));
    return end;
  }

  private int writeJson(long eventId, long sequenceNumber, long sendTimeNs) {
    int at = put(EVENT_ID, 0);
    at = put(SEND_TIME, Digits.put(eventId, bytes, at));
    at = put(SEQUENCE_NUMBER, Digits.put(sendTimeNs, bytes, at));
    at = put(BEFORE_PAYLOAD, Digits.put(sequenceNumber, bytes, at));
    return put(AFTER_PAYLOAD, putPayload(eventId, at));
  }

  private int putPayload(long eventId, int at) {
    int textEnd = Digits.put(eventId, bytes, put(PAYLOAD, at));
    int end = payloadBytes.isEmpty() ? textEnd : at + payloadBytes.getAsInt();
    if (textEnd < end) {
      Arrays.fill(bytes, textEnd, end, FILLER);
    }
    return end;
  }

  private int put(byte[] text, int at) {
    System.arraycopy(text, 0, bytes, at, text.length);
    return at + text.length;
  }
}

package org.carillon.core.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Reads datagrams in place, one after the other, without making objects: the binary form, and the
 * JSON form as both toolkits write it. JSON that is written in another way is left to Jackson,
 * which makes objects. It belongs to one thread.
 */
public final class EventReader {

  private static final String UNKNOWN_FORM = "neither binary nor JSON";

  private final CRC32C crc = new CRC32C();
  private final PlainJson json = new PlainJson();

  private boolean hasRunId;
  private long runId;
  private long eventId;
  private long sequenceNumber;
  private long sendTimeNs;

  /**
   * Reads the datagram between the buffer's position and limit, and leaves both as they are. The
   * buffer's byte order becomes that of the network.
   *
   * @return null if it is an event, which the other methods then tell about; else why it is none:
   *     one of a few fixed texts, such as {@code short} or {@code CRC does not match}
   */
  public String read(ByteBuffer datagram) {
    if (!datagram.hasRemaining()) {
      return "empty";
    }
    return switch (datagram.get(datagram.position())) {
      case 'C' -> readBinary(datagram.order(ByteOrder.BIG_ENDIAN));
      case '{' -> readJson(datagram);
      default -> UNKNOWN_FORM;
    };
  }

  private String readBinary(ByteBuffer datagram) {
    int at = datagram.position();
    int bytes = datagram.remaining();
    if (bytes < BinaryLayout.HEADER_BYTES) {
      return "short";
    }
    if (datagram.getInt(at + BinaryLayout.MAGIC_AT) != BinaryLayout.MAGIC) {
      return UNKNOWN_FORM;
    }
    if (datagram.get(at + BinaryLayout.VERSION_AT) != BinaryLayout.VERSION) {
      return "of an unknown version";
    }
    int payloadBytes = Short.toUnsignedInt(datagram.getShort(at + BinaryLayout.PAYLOAD_BYTES_AT));
    if (bytes != BinaryLayout.HEADER_BYTES + payloadBytes) {
      return "not as long as its header says";
    }
    if (datagram.getInt(at + BinaryLayout.CRC_AT) != BinaryLayout.crc(crc, datagram)) {
      return "CRC does not match";
    }
    hasRunId = true;
    runId = datagram.getLong(at + BinaryLayout.RUN_ID_AT);
    eventId = datagram.getLong(at + BinaryLayout.EVENT_ID_AT);
    sequenceNumber = datagram.getLong(at + BinaryLayout.SEQUENCE_NUMBER_AT);
    sendTimeNs = datagram.getLong(at + BinaryLayout.SEND_TIME_AT);
    return null;
  }

  private String readJson(ByteBuffer datagram) {
    if (json.read(datagram)) {
      setJson(json.eventId(), json.sequenceNumber(), json.sendTimeNs());
      return null;
    }
    return switch (JsonCodec.decodeJson(datagram)) {
      case Decoded.Malformed(String reason) -> reason;
      case Decoded.Valid(Event event) -> {
        setJson(event.eventId(), event.sequenceNumber(), event.sendTimeNs());
        yield null;
      }
    };
  }

  private void setJson(long eventId, long sequenceNumber, long sendTimeNs) {
    this.hasRunId = false;
    this.runId = 0;
    this.eventId = eventId;
    this.sequenceNumber = sequenceNumber;
    this.sendTimeNs = sendTimeNs;
  }

  /** Whether it carries a run id; the JSON form does not. */
  public boolean hasRunId() {
    return hasRunId;
  }

  /** The run it belongs to, or 0. */
  public long runId() {
    return runId;
  }

  /** As the datagram says; not checked. */
  public long eventId() {
    return eventId;
  }

  /** As the datagram says; not checked. */
  public long sequenceNumber() {
    return sequenceNumber;
  }

  /** The sender's clock when it sent, ns since the Unix epoch. */
  public long sendTimeNs() {
    return sendTimeNs;
  }
}

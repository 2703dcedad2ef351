package org.carillon.core.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the JSON datagram if it is written as both toolkits write it: the keys in their usual
 * order, numbers of 64 bits, and a payload of plain ASCII, null or none, with or without spaces
 * behind colons and commas. Anything else may be an event too, but is for others to judge.
 */
final class PlainJson {

  private static final byte[] EVENT_ID = bytes("{\"event_id\":");
  private static final byte[] SEND_TIME = bytes("\"coordinator_timestamp_ns\":");
  private static final byte[] SEQUENCE_NUMBER = bytes("\"sequence_number\":");
  private static final byte[] PAYLOAD = bytes("\"payload\":");
  private static final byte[] NULL = bytes("null");

  /** So many digits always fit a long, and one more may. */
  private static final int SAFE_DIGITS = 18;

  private ByteBuffer datagram;
  private int next;
  private int end;
  private long number;

  private long eventId;
  private long sendTimeNs;
  private long sequenceNumber;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the datagram between the buffer's position and limit could be read. */
  boolean read(ByteBuffer buffer) {
    datagram = buffer;
    next = buffer.position();
    end = buffer.limit();
    if (!integer(EVENT_ID)) {
      return false;
    }
    eventId = number;
    if (!byteIs(',') || !integer(SEND_TIME)) {
      return false;
    }
    sendTimeNs = number;
    if (!byteIs(',') || !integer(SEQUENCE_NUMBER)) {
      return false;
    }
    sequenceNumber = number;
    return (!byteIs(',') || payload()) && byteIs('}') && next == end;
  }

  long eventId() {
    return eventId;
  }

  long sendTimeNs() {
    return sendTimeNs;
  }

  long sequenceNumber() {
    return sequenceNumber;
  }

  private boolean byteIs(char expected) {
    if (next < end && datagram.get(next) == expected) {
      next++;
      return true;
    }
    return false;
  }

  private boolean bytesAre(byte[] expected) {
    if (end - next < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (datagram.get(next + i) != expected[i]) {
        return false;
      }
    }
    next += expected.length;
    return true;
  }

  private void skipSpaces() {
    while (byteIs(' ')) {}
  }

  private boolean key(byte[] keyAndColon) {
    skipSpaces();
    boolean found = bytesAre(keyAndColon);
    skipSpaces();
    return found;
  }

  private boolean integer(byte[] keyAndColon) {
    if (!key(keyAndColon)) {
      return false;
    }
    boolean negative = byteIs('-');
    int first = next;
    long value = 0;
    int digit = digit();
    while (digit >= 0 && next - first <= SAFE_DIGITS) {
      value = 10 * value + digit;
      next++;
      digit = digit();
    }
    int digits = next - first;
    // JSON has no leading zeros; and nineteen digits that do not fit come out negative.
    boolean plain =
        digits > 0 && digit < 0 && value >= 0 && (digits == 1 || datagram.get(first) != '0');
    number = negative ? -value : value;
    return plain;
  }

  /** The next byte as a digit, or negative if it is none. */
  private int digit() {
    int digit = next < end ? datagram.get(next) - '0' : -1;
    return digit <= 9 ? digit : -1;
  }

  private boolean payload() {
    if (!key(PAYLOAD)) {
      return false;
    }
    if (!byteIs('"')) {
      return bytesAre(NULL);
    }
    int first = next;
    while (next < end && isPlain(datagram.get(next))) {
      next++;
    }
    return next - first <= Event.PAYLOAD_BYTES_MAX && byteIs('"');
  }

  /** Whether this stands for itself in a JSON string: ASCII, no control, quote or backslash. */
  private static boolean isPlain(byte letter) {
    return letter >= ' ' && letter != '"' && letter != '\\';
  }
}

package org.carillon.events.send;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.carillon.core.event.Event;
import org.carillon.core.event.WireFormat;

/**
 * What events carry beside their numbers: {@code event_7} as in the Python toolkit, or that filled
 * up with dots, or cut, to a given size.
 */
final class Payload {

  /** What the JSON form adds to a payload at most: keys, quotes and three 64-bit numbers. */
  private static final int JSON_OVERHEAD_BYTES = 160;

  private Payload() {}

  /** The largest payload that fits a datagram, in bytes. */
  static int bytesMax(WireFormat wire) {
    return switch (wire) {
      case BINARY -> Event.PAYLOAD_BYTES_MAX;
      case JSON -> Event.PAYLOAD_BYTES_MAX - JSON_OVERHEAD_BYTES;
    };
  }

  /** The payload of an event. */
  static byte[] of(long eventId, OptionalInt sizeBytes) {
    byte[] text = ("event_" + eventId).getBytes(StandardCharsets.US_ASCII);
    if (sizeBytes.isEmpty()) {
      return text;
    }
    byte[] payload = Arrays.copyOf(text, sizeBytes.getAsInt());
    if (payload.length > text.length) {
      Arrays.fill(payload, text.length, payload.length, (byte) '.');
    }
    return payload;
  }
}

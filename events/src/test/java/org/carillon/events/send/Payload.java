package org.carillon.events.send;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.carillon.core.event.WireFormat;

/**
 * The plain way to make what events carry beside their numbers: {@code event_7} as in the Python
 * toolkit, or that filled up with dots, or cut, to a given size.
 */
final class Payload {

  private Payload() {}

  /** The largest payload that fits a datagram, in bytes. */
  static int bytesMax(WireFormat wire) {
    return EventPlan.payloadBytesMax(wire);
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

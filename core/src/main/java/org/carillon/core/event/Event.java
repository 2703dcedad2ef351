package org.carillon.core.event;

import java.util.OptionalLong;

/**
 * One datagram that the coordinator sends to every worker.
 *
 * @param runId the run it belongs to; empty for JSON, which does not carry it
 * @param eventId counts from 1
 * @param sequenceNumber counts from 0
 * @param sendTimeNs the coordinator's clock when it sent, ns since the Unix epoch
 * @param payload any bytes; text in UTF-8 for JSON
 */
public record Event(
    OptionalLong runId, long eventId, long sequenceNumber, long sendTimeNs, byte[] payload) {

  /** The largest payload: what a UDP datagram over IPv4 holds beside the binary header. */
  public static final int PAYLOAD_BYTES_MAX = 65_507 - BinaryCodec.HEADER_BYTES;

  public Event {
    if (payload.length > PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a payload has at most " + PAYLOAD_BYTES_MAX + " bytes, not " + payload.length);
    }
  }
}

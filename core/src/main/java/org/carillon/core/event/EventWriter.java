package org.carillon.core.event;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Writes the events of one run, one after the other, without making objects. Each carries the
 * payload {@code event_N}, or that cut or filled up with dots to a given size. It belongs to one
 * thread.
 */
public final class EventWriter {

  /**
   * @param payloadBytes size of every payload; {@code event_N} as it is if empty
   * @param runId stands in every binary datagram
   */
  public EventWriter(WireFormat wire, OptionalInt payloadBytes, long runId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes an event at the buffer's beginning and sets its limit after it.
   *
   * @param datagram direct, with room for 65,536 bytes; the same in every call, and changed by
   *     nobody else in between
   */
  public void write(long eventId, long sequenceNumber, long sendTimeNs, ByteBuffer datagram) {
    throw new UnsupportedOperationException();
  }
}

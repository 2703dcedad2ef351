package org.carillon.core.event;

import java.nio.ByteBuffer;

/**
 * Reads datagrams in place, one after the other, without making objects: the binary form, and the
 * JSON form as both toolkits write it. JSON that is written in another way is left to Jackson,
 * which makes objects. It belongs to one thread.
 */
public final class EventReader {

  /**
   * Reads the datagram between the buffer's position and limit, and leaves both as they are.
   *
   * @return null if it is an event, which the other methods then tell about; else why it is none:
   *     one of a few fixed texts, such as {@code short} or {@code CRC does not match}
   */
  public String read(ByteBuffer datagram) {
    throw new UnsupportedOperationException();
  }

  /** Whether it carries a run id; the JSON form does not. */
  public boolean hasRunId() {
    throw new UnsupportedOperationException();
  }

  /** The run it belongs to, or 0. */
  public long runId() {
    throw new UnsupportedOperationException();
  }

  /** As the datagram says; not checked. */
  public long eventId() {
    throw new UnsupportedOperationException();
  }

  /** As the datagram says; not checked. */
  public long sequenceNumber() {
    throw new UnsupportedOperationException();
  }

  /** The sender's clock when it sent, ns since the Unix epoch. */
  public long sendTimeNs() {
    throw new UnsupportedOperationException();
  }
}

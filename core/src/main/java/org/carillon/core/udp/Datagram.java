package org.carillon.core.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.carillon.core.record.TimestampSource;

/**
 * A datagram that came. The object and its bytes belong to the socket and are used again: they are
 * valid until the call that handed them over returns.
 */
public interface Datagram {

  /** Its content, between position and limit, big-endian; may be empty. */
  ByteBuffer bytes();

  /** When it came, on the machine's CLOCK_REALTIME, in ns since the Unix epoch. */
  long realtimeNs();

  /** Who noted that moment. */
  TimestampSource source();

  /** Whether it was longer than the socket's {@link UdpSettings#datagramBytesMax()} and cut off. */
  boolean truncated();

  /** Where it came from. Makes new objects: not for hot paths. */
  InetSocketAddress sender();
}

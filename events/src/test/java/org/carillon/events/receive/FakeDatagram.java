package org.carillon.events.receive;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.udp.Datagram;

/** A datagram that no socket brought. */
record FakeDatagram(ByteBuffer bytes, long realtimeNs, TimestampSource source) implements Datagram {

  @Override
  public boolean truncated() {
    return false;
  }

  @Override
  public InetSocketAddress sender() {
    return new InetSocketAddress(0);
  }
}

package org.carillon.core.fault;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.udp.Datagram;

/**
 * A datagram that came later than it did. Its stamp is the moment at which this process handed it
 * on, so its source is the user's: the kernel's stamp would deny the delay.
 */
record KeptDatagram(ByteBuffer bytes, long realtimeNs, boolean truncated, InetSocketAddress sender)
    implements Datagram {

  /** A copy of the datagram as it is; its stamp is still the one that it came with. */
  static KeptDatagram of(Datagram datagram) {
    ByteBuffer from = datagram.bytes();
    ByteBuffer copy = ByteBuffer.allocate(from.remaining());
    copy.put(0, from, from.position(), from.remaining());
    return new KeptDatagram(
        copy.asReadOnlyBuffer(), datagram.realtimeNs(), datagram.truncated(), datagram.sender());
  }

  /** The same, arriving now. */
  KeptDatagram arriving(long newRealtimeNs) {
    return new KeptDatagram(bytes.duplicate(), newRealtimeNs, truncated, sender);
  }

  @Override
  public TimestampSource source() {
    return TimestampSource.USER;
  }
}

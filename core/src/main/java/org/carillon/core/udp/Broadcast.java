package org.carillon.core.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Sends the same datagram to several addresses with one call of the kernel. Makes no objects while
 * nothing fails. For one thread.
 */
public interface Broadcast extends AutoCloseable {

  /** In place of a time that is not known. */
  long UNKNOWN = Long.MIN_VALUE;

  /**
   * A socket that sends to these.
   *
   * @param transmitStamps whether to ask the kernel when the first datagram of each send left
   * @throws IOException if there is no such socket on this system, or no way to an address
   */
  static Broadcast to(List<InetSocketAddress> receivers, boolean transmitStamps)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Is told of a datagram that the kernel did not take, or that came back. */
  interface Failures {
    /**
     * @param receiver index of the address
     * @param reason a few words
     */
    void failed(int receiver, String reason);
  }

  /**
   * Sends to all; waits for nothing. A refusal (ICMP port unreachable) of a datagram sent before is
   * told as a failure of that receiver, to which this datagram is sent all the same.
   *
   * @param datagram direct, between position and limit, which stay as they are
   * @param failures is told before this returns
   * @return how many receivers {@code failures} was told of
   */
  int send(ByteBuffer datagram, Failures failures);

  /**
   * When the first datagram of the last send left, on the machine's CLOCK_REALTIME, ns since the
   * Unix epoch: as far as the kernel has told by now, else {@link #UNKNOWN}.
   */
  long transmitTimeNs();

  /** Tells of refusals that have come since the last send. */
  void checkRefusals(Failures failures);

  @Override
  void close();
}

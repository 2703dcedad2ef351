package org.carillon.core.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.carillon.core.libc.Platform;

/**
 * Sends the same datagram to several addresses with one call of the kernel. Makes no objects while
 * nothing fails. For one thread at a time.
 */
public interface Broadcast extends AutoCloseable {

  /** In place of a time that is not known. */
  long UNKNOWN = Long.MIN_VALUE;

  /**
   * A socket that sends to these.
   *
   * @param receivers each with an address; one that is named twice is told of as the first
   * @param transmitStamps whether to ask the kernel when the first datagram of each send left; it
   *     is not asked if it is not to stamp datagrams at all ({@code CARILLON_TIMESTAMPS=user})
   * @throws IOException if there is no such socket on this system, or a name was not resolved
   */
  static Broadcast to(List<InetSocketAddress> receivers, boolean transmitStamps)
      throws IOException {
    Optional<String> obstacle = Platform.obstacle();
    if (obstacle.isPresent()) {
      throw new IOException("sendmmsg cannot be called: " + obstacle.get());
    }
    try {
      return KernelBroadcast.to(receivers, transmitStamps && !StampChoice.userAskedFor());
    } catch (LinkageError e) {
      throw new IOException("sendmmsg cannot be called: " + e, e);
    }
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
   * @param datagram between position and limit, which stay as they are
   * @param failures is told before this returns
   * @return how many receivers {@code failures} was told of
   */
  int send(ByteBuffer datagram, Failures failures);

  /**
   * Goes the way of a send as far as the kernel and sends nothing, so that what a send needs is in
   * the processor's caches.
   */
  default void prepare() {}

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

package org.carillon.core.udp;

import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When the datagrams of a socket left: the stamps that the kernel puts into the socket's error
 * queue as it hands each datagram to the driver (Documentation/networking/timestamping.rst, in the
 * sources of Linux). For any thread.
 *
 * <p>A stamp names its datagram by the number of those stamped before it.
 */
final class TransmitStamps {

  /** {@code asm-generic/socket.h}; the control message has the same number. */
  static final int SO_TIMESTAMPING = 37;

  /** In place of a time that is not known. */
  static final long UNKNOWN = Broadcast.UNKNOWN;

  private final SocketDescriptor descriptor;
  private final ErrorQueue queue;
  private final boolean each;

  /** Modulo 2³², as the kernel counts. */
  private int sent;

  private TransmitStamps(SocketDescriptor descriptor, ErrorQueue queue, boolean each) {
    this.descriptor = descriptor;
    this.queue = queue;
    this.each = each;
  }

  /** Asks the kernel to stamp each datagram; empty if it has no stamps to give. */
  static Optional<TransmitStamps> of(SocketDescriptor descriptor, Arena arena) {
    return of(descriptor, new ErrorQueue(descriptor, arena, (error, to) -> {}), true);
  }

  /** Asks the kernel to stamp those datagrams that a control message asks it for. */
  static Optional<TransmitStamps> ofSome(SocketDescriptor descriptor, ErrorQueue queue) {
    return of(descriptor, queue, false);
  }

  private static Optional<TransmitStamps> of(
      SocketDescriptor descriptor, ErrorQueue queue, boolean each) {
    return descriptor.askForTransmitStamps(each)
        ? Optional.of(new TransmitStamps(descriptor, queue, each))
        : Optional.empty();
  }

  /** A datagram that is stamped has been sent. */
  synchronized void sent() {
    sent++;
  }

  /** One could not be sent: it may or may not have taken a number, so the count begins anew. */
  synchronized void sendFailed() {
    queue.read();
    descriptor.askForTransmitStamps(each);
    sent = 0;
    queue.forgetStamps();
  }

  /** When the last datagram left, in ns since the Unix epoch, if the kernel has told. */
  OptionalLong last() {
    long lastNs = lastNs();
    return lastNs == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(lastNs);
  }

  /** The same, {@link #UNKNOWN} if the kernel has not told. */
  synchronized long lastNs() {
    while (!queue.hasStampOf(sent - 1)) {
      if (!queue.readOne()) {
        return UNKNOWN;
      }
    }
    return queue.stampNs();
  }

  /** Takes out of the error queue what is in it. */
  synchronized void fetch() {
    queue.read();
  }
}

package org.carillon.core.udp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When the datagrams of a socket left: the stamps that the kernel puts into the socket's error
 * queue as it hands each datagram to the driver (Documentation/networking/timestamping.rst, in the
 * sources of Linux). For any thread.
 *
 * <p>A stamp names its datagram by the number of those sent before it. Only the newest is kept.
 */
final class TransmitStamps {

  /** {@code asm-generic/socket.h}; the control message has the same number. */
  static final int SO_TIMESTAMPING = 37;

  /** {@code linux/in.h} and {@code linux/in6.h}: who tells of errors, and how. */
  private static final int SOL_IP = 0;

  private static final int IP_RECVERR = 11;
  private static final int SOL_IPV6 = 41;
  private static final int IPV6_RECVERR = 25;

  /** {@code linux/errqueue.h}: {@code struct sock_extended_err}. */
  static final int ERROR_ORIGIN = 4;

  static final int ERROR_INFO = 8;
  static final int ERROR_DATA = 12;
  static final int ERROR_BYTES = 16;
  private static final int ORIGIN_TIMESTAMPING = 4;

  /** The stamp of the driver, not of a queue before it or of an acknowledgement. */
  private static final int STAMP_OF_SENDING = 0;

  private static final int MSG_ERRQUEUE = 0x2000;
  private static final int MSG_DONTWAIT = 0x40;

  /** The stamp comes twice, in 32 and 64 bytes, and the error with an address in 64. */
  private static final int CONTROL_BYTES = 256;

  private static final int CONTROL = MessageBatch.HEADER_BYTES;
  private static final long NS_PER_S = 1_000_000_000L;

  private final SocketDescriptor descriptor;
  private final LibC libC;
  private final MemorySegment segment;
  private final ByteBuffer memory;
  private final Stamp fetched = new Stamp();

  /** Modulo 2³², as the kernel counts. */
  private int sent;

  private boolean known;
  private int knownNumber;
  private long knownNs;

  private TransmitStamps(SocketDescriptor descriptor, Arena arena) {
    this.descriptor = descriptor;
    libC = new LibC(arena);
    segment = arena.allocate(CONTROL + CONTROL_BYTES, Long.BYTES);
    memory = segment.asByteBuffer().order(ByteOrder.nativeOrder());
    memory.putLong(MessageBatch.CONTROL_POINTER, segment.address() + CONTROL);
  }

  /** Asks the kernel for stamps; empty if it has none to give. */
  static Optional<TransmitStamps> of(SocketDescriptor descriptor, Arena arena) {
    return descriptor.askForTransmitStamps()
        ? Optional.of(new TransmitStamps(descriptor, arena))
        : Optional.empty();
  }

  /** A datagram has been sent. */
  synchronized void sent() {
    sent++;
  }

  /** One could not be sent: it may or may not have taken a number, so the count begins anew. */
  synchronized void sendFailed() {
    fetch();
    descriptor.askForTransmitStamps();
    sent = 0;
    known = false;
  }

  /** When the last datagram left, in ns since the Unix epoch, if the kernel has told. */
  synchronized OptionalLong last() {
    fetch();
    return known && knownNumber == sent - 1 ? OptionalLong.of(knownNs) : OptionalLong.empty();
  }

  /** Takes out of the error queue what is in it. */
  synchronized void fetch() {
    int taken;
    do {
      memory.putLong(MessageBatch.CONTROL_LENGTH, CONTROL_BYTES);
      taken =
          libC.call(
              LibC.RECVMSG, descriptor.number(), segment.address(), MSG_ERRQUEUE | MSG_DONTWAIT);
      if (taken >= 0) {
        fetched.clear();
        ControlMessages.read(
            memory,
            CONTROL,
            Math.clamp(memory.getLong(MessageBatch.CONTROL_LENGTH), 0, CONTROL_BYTES),
            fetched);
        fetched.keep();
      }
    } while (taken >= 0 || libC.errno() == LibC.EINTR);
  }

  /** One entry of the error queue. */
  private final class Stamp implements ControlMessages.Visitor {

    private long timeNs;
    private boolean numbered;
    private int number;

    void clear() {
      timeNs = 0;
      numbered = false;
    }

    @Override
    public void take(int level, int type, int data, int bytes) {
      if (level == MessageBatch.SOL_SOCKET && type == SO_TIMESTAMPING && bytes >= 2 * Long.BYTES) {
        // Three times: the software's, one that is no longer used, the hardware's own.
        timeNs = memory.getLong(data) * NS_PER_S + memory.getLong(data + Long.BYTES);
      } else if ((level == SOL_IPV6 && type == IPV6_RECVERR
              || level == SOL_IP && type == IP_RECVERR)
          && bytes >= ERROR_BYTES) {
        numbered =
            memory.get(data + ERROR_ORIGIN) == ORIGIN_TIMESTAMPING
                && memory.getInt(data + ERROR_INFO) == STAMP_OF_SENDING;
        number = memory.getInt(data + ERROR_DATA);
      }
    }

    void keep() {
      if (timeNs != 0 && numbered) {
        known = true;
        knownNumber = number;
        knownNs = timeNs;
      }
    }
  }
}

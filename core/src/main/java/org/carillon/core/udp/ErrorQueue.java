package org.carillon.core.udp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel tells about datagrams that a socket sent (MSG_ERRQUEUE, recvmsg(2)): when they
 * left, if stamps were asked for, and which came back, if errors were (IP_RECVERR, ip(7)). Of the
 * stamps only the newest is kept. For one thread at a time; makes objects for what came back alone.
 */
final class ErrorQueue {

  /** {@code linux/in.h} and {@code linux/in6.h}: who tells of errors, and how. */
  static final int SOL_IP = 0;

  static final int IP_RECVERR = 11;
  static final int SOL_IPV6 = 41;
  static final int IPV6_RECVERR = 25;

  /** {@code linux/errqueue.h}: {@code struct sock_extended_err}. */
  static final int ERROR_NUMBER = 0;

  static final int ERROR_ORIGIN = 4;
  static final int ERROR_INFO = 8;
  static final int ERROR_DATA = 12;
  static final int ERROR_BYTES = 16;

  private static final int ORIGIN_ICMP = 2;
  private static final int ORIGIN_ICMP6 = 3;
  private static final int ORIGIN_TIMESTAMPING = 4;

  /** The stamp of the driver, not of a queue before it or of an acknowledgement. */
  private static final int STAMP_OF_SENDING = 0;

  private static final int MSG_ERRQUEUE = 0x2000;
  private static final int MSG_DONTWAIT = 0x40;

  /** The stamp comes twice, in 32 and 64 bytes, and the error with an address in 64. */
  private static final int CONTROL_BYTES = 256;

  private static final int CONTROL = MessageBatch.HEADER_BYTES;
  private static final int NAME = CONTROL + CONTROL_BYTES;
  private static final long NS_PER_S = 1_000_000_000L;

  private final SocketDescriptor descriptor;
  private final Refusals refusals;
  private final LibC libC;
  private final MemorySegment segment;
  private final ByteBuffer memory;
  private final Entry entry = new Entry();

  private boolean stamped;
  private int stampNumber;
  private long stampNs;
  private long cameBack;

  /** Is told of datagrams that came back. */
  interface Refusals {
    /**
     * @param error what errno would say
     * @param to where the datagram was sent to
     */
    void refused(int error, InetSocketAddress to);
  }

  ErrorQueue(SocketDescriptor descriptor, Arena arena, Refusals refusals) {
    this.descriptor = descriptor;
    this.refusals = refusals;
    libC = new LibC(arena);
    segment = arena.allocate(NAME + SocketAddressCodec.BYTES_MAX, Long.BYTES);
    memory = segment.asByteBuffer().order(ByteOrder.nativeOrder());
    memory.putLong(MessageBatch.NAME_POINTER, segment.address() + NAME);
    memory.putLong(MessageBatch.CONTROL_POINTER, segment.address() + CONTROL);
  }

  /** Takes out what is in it, without waiting. An error that is pending on the socket goes too. */
  void read() {
    while (readOne()) {}
  }

  /**
   * Takes out what it has had longest, without waiting.
   *
   * @return whether there was something
   */
  boolean readOne() {
    int taken;
    do {
      memory.putInt(MessageBatch.NAME_LENGTH, SocketAddressCodec.BYTES_MAX);
      memory.putLong(MessageBatch.CONTROL_LENGTH, CONTROL_BYTES);
      taken =
          libC.call(
              LibC.RECVMSG, descriptor.number(), segment.address(), MSG_ERRQUEUE | MSG_DONTWAIT);
    } while (taken < 0 && libC.errno() == LibC.EINTR);
    if (taken < 0) {
      return false;
    }
    entry.clear();
    ControlMessages.read(
        memory,
        CONTROL,
        Math.clamp(memory.getLong(MessageBatch.CONTROL_LENGTH), 0, CONTROL_BYTES),
        entry);
    entry.sort();
    return true;
  }

  /** How many datagrams came back so far. */
  long cameBack() {
    return cameBack;
  }

  /** Whether the newest stamp is that of the datagram with a number. */
  boolean hasStampOf(int number) {
    return stamped && stampNumber == number;
  }

  /** The newest stamp, in ns since the Unix epoch. */
  long stampNs() {
    return stampNs;
  }

  /** Holds stamps no longer for those of datagrams that are numbered anew. */
  void forgetStamps() {
    stamped = false;
  }

  /** What one message of the queue says. */
  private final class Entry implements ControlMessages.Visitor {

    private long timeNs;
    private int origin;
    private int error;
    private int info;
    private int number;

    void clear() {
      timeNs = 0;
      origin = 0;
    }

    @Override
    public void take(int level, int type, int data, int bytes) {
      if (level == MessageBatch.SOL_SOCKET
          && type == TransmitStamps.SO_TIMESTAMPING
          && bytes >= 2 * Long.BYTES) {
        // Three times: the software's, one that is no longer used, the hardware's own.
        timeNs = memory.getLong(data) * NS_PER_S + memory.getLong(data + Long.BYTES);
      } else if ((level == SOL_IPV6 && type == IPV6_RECVERR
              || level == SOL_IP && type == IP_RECVERR)
          && bytes >= ERROR_BYTES) {
        error = memory.getInt(data + ERROR_NUMBER);
        origin = memory.get(data + ERROR_ORIGIN);
        info = memory.getInt(data + ERROR_INFO);
        number = memory.getInt(data + ERROR_DATA);
      }
    }

    /** What a send itself returned as an error (origin "local") is not told again. */
    void sort() {
      if (origin == ORIGIN_TIMESTAMPING && info == STAMP_OF_SENDING && timeNs != 0) {
        stamped = true;
        stampNumber = number;
        stampNs = timeNs;
      } else if (origin == ORIGIN_ICMP || origin == ORIGIN_ICMP6) {
        cameBack++;
        refusals.refused(error, SocketAddressCodec.get(memory, NAME));
      }
    }
  }
}

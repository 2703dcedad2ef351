package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The file descriptor of a UDP socket, its options and its address. */
final class SocketDescriptor {

  /** {@code bits/socket_type.h}; the flag keeps the descriptor from child processes. */
  private static final int SOCK_DGRAM = 2;

  private static final int SOCK_CLOEXEC = 0x80000;

  /** {@code bits/eventfd.h}. */
  private static final int EFD_CLOEXEC = 0x80000;

  private static final int EFD_NONBLOCK = 0x800;

  /** {@code asm-generic/socket.h}. */
  private static final int SO_RCVBUF = 8;

  private static final int SO_RCVBUFFORCE = 33;
  private static final int SO_SNDBUF = 7;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SO_BUSY_POLL = 46;

  /** {@code linux/filter.h}: a program of one instruction, which is "return 0". */
  private static final long FILTER_INSTRUCTIONS = 1;

  private static final long FILTER_RETURN_0 = 6;
  private static final int FILTER = 16;
  private static final int FILTER_BYTES = 16;

  /** How long the kernel looks into the card before it says that nothing is there. */
  private static final int BUSY_POLL_US = 50;

  /**
   * {@code linux/net_tstamp.h}: stamp in software what is sent, tell the stamps, number them, and
   * do not return the datagram's content with them.
   */
  private static final int TX_SOFTWARE = 1 << 1;

  private static final int SOFTWARE = 1 << 4;
  private static final int OPT_ID = 1 << 7;
  private static final int OPT_TSONLY = 1 << 11;

  /** {@code linux/in6.h}. */
  private static final int IPPROTO_IPV6 = 41;

  private static final int IPV6_V6ONLY = 26;

  private static final int VALUE = 32;
  private static final int LENGTH = 40;
  private static final int SCRATCH_BYTES = 48;

  private final LibC libC;
  private final int number;
  private final int family;
  private final MemorySegment scratchSegment;
  private final ByteBuffer scratch;

  private SocketDescriptor(LibC libC, int number, int family, Arena arena) {
    this.libC = libC;
    this.number = number;
    this.family = family;
    scratchSegment = arena.allocate(SCRATCH_BYTES, Long.BYTES);
    scratch = scratchSegment.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /**
   * A socket for IPv6 and IPv4, or for IPv4 alone where there is no IPv6 or it is not wanted
   * (java.net.preferIPv4Stack), as Java's own are.
   */
  static SocketDescriptor open(LibC libC, Arena arena) throws IOException {
    int number = -1;
    if (!Boolean.getBoolean("java.net.preferIPv4Stack")) {
      number = libC.call(LibC.SOCKET, SocketAddressCodec.AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (number < 0 && libC.errno() != LibC.EAFNOSUPPORT) {
        throw libC.failure();
      }
    }
    if (number >= 0) {
      SocketDescriptor descriptor =
          new SocketDescriptor(libC, number, SocketAddressCodec.AF_INET6, arena);
      if (descriptor.setOption(IPPROTO_IPV6, IPV6_V6ONLY, 0)) {
        return descriptor;
      }
      IOException fault = libC.failure();
      descriptor.close();
      throw fault;
    }
    return openIpv4(libC, arena);
  }

  /** A socket for IPv4 alone. */
  static SocketDescriptor openIpv4(LibC libC, Arena arena) throws IOException {
    int number = libC.call(LibC.SOCKET, SocketAddressCodec.AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (number < 0) {
      throw libC.failure();
    }
    return new SocketDescriptor(libC, number, SocketAddressCodec.AF_INET, arena);
  }

  int number() {
    return number;
  }

  /** AF_INET6 or AF_INET. */
  int family() {
    return family;
  }

  /** Asks the kernel to note when each datagram comes. */
  synchronized void askForStamps() throws IOException {
    if (!setOption(MessageBatch.SOL_SOCKET, MessageBatch.SO_TIMESTAMPNS, 1)) {
      throw libC.failure();
    }
  }

  /**
   * Asks the kernel to note when datagrams leave, and to number those notes from 0 on.
   *
   * @param each whether to note that of every datagram, or only if a control message asks for it
   * @return whether it will
   */
  synchronized boolean askForTransmitStamps(boolean each) {
    // Numbers begin anew when the option has been off.
    return setOption(MessageBatch.SOL_SOCKET, TransmitStamps.SO_TIMESTAMPING, 0)
        && setOption(
            MessageBatch.SOL_SOCKET,
            TransmitStamps.SO_TIMESTAMPING,
            (each ? TX_SOFTWARE : 0) | SOFTWARE | OPT_ID | OPT_TSONLY);
  }

  /** Asks the kernel to tell how many datagrams it dropped; a kernel that will not is no fault. */
  synchronized void askForDropCounter() {
    setOption(MessageBatch.SOL_SOCKET, MessageBatch.SO_RXQ_OVFL, 1);
  }

  /** Asks the kernel to keep the errors of what was sent, and to tell whom each is about. */
  synchronized void askForErrors() throws IOException {
    boolean kept = setOption(ErrorQueue.SOL_IP, ErrorQueue.IP_RECVERR, 1);
    if (family == SocketAddressCodec.AF_INET6) {
      kept &= setOption(ErrorQueue.SOL_IPV6, ErrorQueue.IPV6_RECVERR, 1);
    }
    if (!kept) {
      throw libC.failure();
    }
  }

  /** Asks for room for what the driver has not sent yet; less than asked for is no fault. */
  synchronized void askForSendBuffer(int bytes) {
    if (!setOption(MessageBatch.SOL_SOCKET, SO_SNDBUFFORCE, bytes)) {
      setOption(MessageBatch.SOL_SOCKET, SO_SNDBUF, bytes);
    }
  }

  /**
   * Lets no datagram in: where nobody fetches them, they would take the room that the error queue
   * shares with them. A kernel that will not is no fault.
   */
  synchronized void hearNothing() {
    scratch.putLong(0, FILTER_RETURN_0);
    scratch.putLong(FILTER, FILTER_INSTRUCTIONS);
    scratch.putLong(FILTER + Long.BYTES, scratchSegment.address());
    libC.call(
        LibC.SETSOCKOPT,
        number,
        MessageBatch.SOL_SOCKET,
        SO_ATTACH_FILTER,
        scratchSegment.address() + FILTER,
        FILTER_BYTES,
        0);
  }

  /** Asks the kernel to look into the card for datagrams; one that may not is no fault. */
  synchronized void askForBusyPolling() {
    setOption(MessageBatch.SOL_SOCKET, SO_BUSY_POLL, BUSY_POLL_US);
  }

  /**
   * Asks for a receive buffer; if the system's limit (net.core.rmem_max) gives less, also with the
   * privilege that lifts it, which most processes lack.
   */
  synchronized void askForReceiveBuffer(int bytes) throws IOException {
    setOption(MessageBatch.SOL_SOCKET, SO_RCVBUF, bytes);
    if (receiveBufferBytes() < bytes) {
      setOption(MessageBatch.SOL_SOCKET, SO_RCVBUFFORCE, bytes);
    }
  }

  /** What the kernel gave for datagrams; it adds as much again for its own bookkeeping. */
  synchronized int receiveBufferBytes() throws IOException {
    scratch.putInt(LENGTH, Integer.BYTES);
    int result =
        libC.call(
            LibC.GETSOCKOPT,
            number,
            MessageBatch.SOL_SOCKET,
            SO_RCVBUF,
            scratchSegment.address() + VALUE,
            scratchSegment.address() + LENGTH,
            0);
    if (result < 0) {
      throw libC.failure();
    }
    return scratch.getInt(VALUE) / 2;
  }

  private boolean setOption(int level, int option, int value) {
    scratch.putInt(VALUE, value);
    return libC.call(
            LibC.SETSOCKOPT,
            number,
            level,
            option,
            scratchSegment.address() + VALUE,
            Integer.BYTES,
            0)
        == 0;
  }

  /** A descriptor that becomes readable when somebody writes to it. */
  synchronized int eventDescriptor() throws IOException {
    int event = libC.call(LibC.EVENTFD, 0, EFD_CLOEXEC | EFD_NONBLOCK, 0);
    if (event < 0) {
      throw libC.failure();
    }
    return event;
  }

  /**
   * @param address where the sockaddr stands
   */
  synchronized void bind(long address, int bytes) throws IOException {
    if (libC.call(LibC.BIND, number, address, bytes) < 0) {
      throw libC.failure();
    }
  }

  /**
   * @param address where the sockaddr stands
   */
  synchronized void connect(long address, int bytes) throws IOException {
    if (libC.call(LibC.CONNECT, number, address, bytes) < 0) {
      throw libC.failure();
    }
  }

  synchronized InetSocketAddress localAddress() throws IOException {
    scratch.putInt(LENGTH, SocketAddressCodec.BYTES_MAX);
    int result =
        libC.call(
            LibC.GETSOCKNAME, number, scratchSegment.address(), scratchSegment.address() + LENGTH);
    if (result < 0) {
      throw libC.failure();
    }
    return SocketAddressCodec.get(scratch, 0);
  }

  void close() {
    close(number);
  }

  /** Closes a descriptor; what close(2) returns for a socket says nothing that one could act on. */
  synchronized void close(int descriptor) {
    libC.call(LibC.CLOSE, descriptor, 0, 0);
  }
}

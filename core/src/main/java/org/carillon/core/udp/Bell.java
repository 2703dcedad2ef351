package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lets one thread wait for a socket, and any other end that: a poll on the socket and on an
 * eventfd.
 */
final class Bell {

  private static final int NONE = 0;

  /** {@code struct pollfd}, twice: the socket's and the eventfd's. */
  private static final int POLL_BYTES = 8;

  private static final int POLL_EVENTS = 4;
  private static final int POLL_RETURNED = 6;
  private static final short POLLIN = 1;

  /** Where the {@code struct timespec} of the timeout stands behind them. */
  private static final int TIMEOUT = 2 * POLL_BYTES;

  /** Where the eventfd's 64-bit count is read to. */
  private static final int RUNG = 40;

  private static final int WAIT_BYTES = 48;
  private static final long NS_PER_S = 1_000_000_000L;

  private final SocketDescriptor descriptor;
  private final int event;
  private final LibC waiting;
  private final MemorySegment waitSegment;
  private final ByteBuffer wait;

  /** Used by all threads at once, since nobody asks it for an error. */
  private final LibC ringing;

  private final MemorySegment ring;

  /** For those who do not wait. */
  private volatile boolean rung;

  /** What ended a wait. */
  enum Awaited {
    /** Its time is over. */
    NOTHING,
    /** A signal came. */
    SIGNAL,
    /** There is something to fetch from the socket: a datagram, an error, word of a departure. */
    SOCKET,
    /** Somebody rang. */
    RING
  }

  private Bell(SocketDescriptor descriptor, int event, Arena arena) {
    this.descriptor = descriptor;
    this.event = event;
    waiting = new LibC(arena);
    waitSegment = arena.allocate(WAIT_BYTES, Long.BYTES);
    wait = waitSegment.asByteBuffer().order(ByteOrder.nativeOrder());
    wait.putInt(0, descriptor.number());
    wait.putShort(POLL_EVENTS, POLLIN);
    wait.putInt(POLL_BYTES, event);
    wait.putShort(POLL_BYTES + POLL_EVENTS, POLLIN);
    ringing = new LibC(arena);
    ring = arena.allocate(Long.BYTES, Long.BYTES);
    ring.asByteBuffer().order(ByteOrder.nativeOrder()).putLong(0, 1);
  }

  /**
   * A bell for a socket; to be closed with it.
   *
   * @throws IOException if the kernel does not give one
   */
  static Bell of(SocketDescriptor descriptor, Arena arena) throws IOException {
    return new Bell(descriptor, descriptor.eventDescriptor(), arena);
  }

  /**
   * Waits.
   *
   * @param timeoutNs how long at most, in ns; {@link UdpSocket#FOREVER_NS} for ever
   */
  Awaited await(long timeoutNs) throws IOException {
    long timeout = NONE;
    if (timeoutNs != UdpSocket.FOREVER_NS) {
      wait.putLong(TIMEOUT, timeoutNs / NS_PER_S);
      wait.putLong(TIMEOUT + Long.BYTES, timeoutNs % NS_PER_S);
      timeout = waitSegment.address() + TIMEOUT;
    }
    int ready = waiting.call(LibC.PPOLL, waitSegment.address(), 2, timeout, NONE, 0, 0);
    if (ready < 0) {
      if (waiting.errno() != LibC.EINTR) {
        throw waiting.failure();
      }
      return Awaited.SIGNAL;
    }
    if (ready == 0) {
      return Awaited.NOTHING;
    }
    return wait.getShort(POLL_BYTES + POLL_RETURNED) != 0 ? Awaited.RING : Awaited.SOCKET;
  }

  /** Ends the wait under way, or else the next one. Cannot fail: the count goes up to 2⁶⁴ − 1. */
  void ring() {
    rung = true;
    ringing.call(LibC.WRITE, event, ring.address(), Long.BYTES);
  }

  /** Whether a wait would end at once, because somebody rang. */
  boolean hasRung() {
    return rung;
  }

  /** Takes a ring as heard. */
  void silence() {
    rung = false;
    waiting.call(LibC.READ, event, waitSegment.address() + RUNG, Long.BYTES);
  }

  void close() {
    descriptor.close(event);
  }
}

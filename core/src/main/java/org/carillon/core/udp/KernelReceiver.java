package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousCloseException;
import java.util.Optional;
import org.carillon.core.time.ClockSource;

/**
 * Fetches batches of datagrams from a socket and waits for them. For one thread at a time, which
 * any other may wake.
 */
final class KernelReceiver {

  private static final int NONE = 0;
  private static final int MSG_DONTWAIT = 0x40;

  private final ClockSource clock;
  private final SocketDescriptor descriptor;
  private final Waiting waiting;
  private final Bell bell;
  private final Gate gate;
  private final Optional<TransmitStamps> transmitStamps;
  private final LibC libC;
  private final MessageBatch batch;
  private final Moderation moderation;

  /** {@code struct timespec}: no seconds, and so many ns. */
  private final MemorySegment restSegment;

  private final ByteBuffer rest;
  private boolean moreExpected;

  /**
   * @param gate is open, or else the wait ends with an exception
   * @param transmitStamps what comes through the same socket, and has to be taken out for it to
   *     sleep
   * @throws IOException if the kernel does not give what it takes to be woken
   */
  KernelReceiver(
      SocketDescriptor descriptor,
      UdpSettings settings,
      ClockSource clock,
      Gate gate,
      Optional<TransmitStamps> transmitStamps,
      Arena arena)
      throws IOException {
    this.descriptor = descriptor;
    this.clock = clock;
    this.waiting = settings.waiting();
    this.gate = gate;
    this.transmitStamps = transmitStamps;
    libC = new LibC(arena);
    batch = new MessageBatch(arena, settings.batch(), settings.datagramBytesMax(), clock);
    moderation = new Moderation(clock.monotonicNs());
    restSegment = arena.allocate(2 * Long.BYTES, Long.BYTES);
    rest = restSegment.asByteBuffer().order(ByteOrder.nativeOrder());
    if (waiting == Waiting.BUSY) {
      descriptor.askForBusyPolling();
    }
    bell = Bell.of(descriptor, arena);
  }

  /**
   * Fetches what there is, or waits for it.
   *
   * @param timeoutNs as for {@link UdpSocket#receive}
   * @return how many datagrams {@link #batch()} has now
   */
  int receive(long timeoutNs) throws IOException {
    int count = 0;
    if (timeoutNs == 0 || moreExpected) {
      count = fetch();
    } else if (moderation.rests()) {
      rest(Math.min(Moderation.REST_NS, timeoutNs));
      count = fetch();
    }
    if (count == 0 && timeoutNs > 0) {
      count = waiting == Waiting.BUSY ? spin(timeoutNs) : await(timeoutNs);
    }
    moreExpected = count == batch.size();
    // What is stamped when it is fetched must not wait.
    if (waiting == Waiting.MODERATED && batch.stampsProven()) {
      moderation.fetched(count, clock.monotonicNs());
    }
    return count;
  }

  MessageBatch batch() {
    return batch;
  }

  /** Ends the receive under way, or else the next one; from any thread. */
  void wakeUp() {
    bell.ring();
  }

  /** When nobody receives any more. */
  void close() {
    bell.close();
  }

  /** A signal may end it early, which does no harm. */
  private void rest(long restNs) {
    rest.putLong(Long.BYTES, restNs);
    libC.call(LibC.NANOSLEEP, restSegment.address(), NONE, NONE);
  }

  private int await(long timeoutNs) throws IOException {
    long startNs = clock.monotonicNs();
    long leftNs = timeoutNs;
    while (leftNs > 0) {
      Bell.Awaited awaited = bell.await(leftNs);
      if (awaited == Bell.Awaited.NOTHING) {
        return 0;
      }
      if (awaited == Bell.Awaited.RING) {
        return answerRing();
      }
      if (awaited == Bell.Awaited.SOCKET) {
        int count = fetch();
        if (count > 0) {
          return count;
        }
      }
      // A signal came, or a datagram whose checksum was wrong, or word that one has left, with
      // which the socket would be ready for ever if nobody took it.
      transmitStamps.ifPresent(TransmitStamps::fetch);
      leftNs = leftNs(timeoutNs, startNs);
    }
    return 0;
  }

  private int spin(long timeoutNs) throws IOException {
    long startNs = clock.monotonicNs();
    do {
      if (bell.hasRung()) {
        return answerRing();
      }
      int count = fetch();
      if (count > 0) {
        return count;
      }
      Thread.onSpinWait();
    } while (leftNs(timeoutNs, startNs) > 0);
    return 0;
  }

  private int answerRing() throws IOException {
    if (gate.isClosed()) {
      throw new AsynchronousCloseException();
    }
    bell.silence();
    return 0;
  }

  private long leftNs(long timeoutNs, long startNs) {
    return timeoutNs == UdpSocket.FOREVER_NS
        ? UdpSocket.FOREVER_NS
        : timeoutNs - (clock.monotonicNs() - startNs);
  }

  /** What is there now, 0 if nothing is. */
  private int fetch() throws IOException {
    while (true) {
      batch.prepare();
      int count =
          libC.call(
              LibC.RECVMMSG,
              descriptor.number(),
              batch.address(),
              batch.size(),
              MSG_DONTWAIT,
              NONE,
              NONE);
      if (count >= 0) {
        batch.filled(count);
        return count;
      }
      switch (libC.errno()) {
        case LibC.EAGAIN -> {
          return 0;
        }
        case LibC.EINTR -> {}
        default -> throw libC.failure();
      }
    }
  }
}

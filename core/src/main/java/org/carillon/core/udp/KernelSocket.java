package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;

/**
 * A UDP socket of the kernel's, called directly: datagrams come in batches with the moments at
 * which the kernel got them.
 *
 * <p>Receiving, sending and everything else have memory of their own, so that they can go on at the
 * same time. Waiting is a poll on the socket and on an eventfd that {@link #wakeUp()} rings.
 */
final class KernelSocket implements NewSocket {

  private static final int NONE = 0;
  private static final int MSG_DONTWAIT = 0x40;

  /** {@code struct pollfd}, twice: the socket's and the bell's. */
  private static final int POLL_BYTES = 8;

  private static final int POLL_EVENTS = 4;
  private static final int POLL_RETURNED = 6;
  private static final short POLLIN = 1;

  /** Where the {@code struct timespec} of the timeout stands behind them. */
  private static final int TIMEOUT = 2 * POLL_BYTES;

  private static final int WAIT_BYTES = 48;

  /** Where the eventfd's 64-bit count is read to. */
  private static final int RUNG = 40;

  private static final long NS_PER_S = 1_000_000_000L;

  private final ClockSource clock;
  private final Arena arena;
  private final SocketDescriptor descriptor;
  private final int bell;
  private final Gate gate = new Gate(this::free);

  private final MessageBatch batch;
  private final LibC receiving;
  private final MemorySegment waitSegment;
  private final ByteBuffer wait;
  private boolean moreExpected;

  private final Object sendLock = new Object();
  private final LibC sending;
  private final MemorySegment addressSegment;
  private final ByteBuffer address;
  private final MemorySegment contentSegment;
  private final ByteBuffer content;
  private InetSocketAddress peer;

  /** Used by all threads at once, since nobody asks it for an error. */
  private final LibC ringing;

  private final MemorySegment ring;

  private KernelSocket(
      Arena arena, SocketDescriptor descriptor, int bell, UdpSettings settings, ClockSource clock) {
    this.arena = arena;
    this.descriptor = descriptor;
    this.bell = bell;
    this.clock = clock;
    batch = new MessageBatch(arena, settings.batch(), settings.datagramBytesMax(), clock);
    receiving = new LibC(arena);
    waitSegment = arena.allocate(WAIT_BYTES, Long.BYTES);
    wait = waitSegment.asByteBuffer().order(ByteOrder.nativeOrder());
    wait.putInt(0, descriptor.number());
    wait.putShort(POLL_EVENTS, POLLIN);
    wait.putInt(POLL_BYTES, bell);
    wait.putShort(POLL_BYTES + POLL_EVENTS, POLLIN);
    sending = new LibC(arena);
    addressSegment = arena.allocate(SocketAddressCodec.BYTES_MAX, Long.BYTES);
    address = addressSegment.asByteBuffer().order(ByteOrder.nativeOrder());
    contentSegment = arena.allocate(settings.datagramBytesMax());
    content = contentSegment.asByteBuffer();
    ringing = new LibC(arena);
    ring = arena.allocate(Long.BYTES, Long.BYTES);
    ring.asByteBuffer().order(ByteOrder.nativeOrder()).putLong(0, 1);
  }

  /**
   * A socket without an address that asks for stamps.
   *
   * @throws IOException if the kernel does not give one
   */
  static KernelSocket open(UdpSettings settings, ClockSource clock) throws IOException {
    Arena arena = Arena.ofShared();
    SocketDescriptor descriptor = null;
    try {
      descriptor = SocketDescriptor.open(new LibC(arena), arena);
      descriptor.askForStamps();
      descriptor.askForDropCounter();
      if (settings.receiveBufferBytes().isPresent()) {
        descriptor.askForReceiveBuffer(settings.receiveBufferBytes().getAsInt());
      }
      return new KernelSocket(arena, descriptor, descriptor.eventDescriptor(), settings, clock);
    } catch (IOException | RuntimeException | Error e) {
      if (descriptor != null) {
        descriptor.close();
      }
      arena.close();
      throw e;
    }
  }

  @Override
  public void bind(InetSocketAddress local) throws IOException {
    synchronized (sendLock) {
      descriptor.bind(addressSegment.address(), putAddress(local));
    }
  }

  @Override
  public void connect(InetSocketAddress remote) throws IOException {
    synchronized (sendLock) {
      descriptor.connect(addressSegment.address(), putAddress(remote));
      peer = remote;
    }
  }

  private int putAddress(InetSocketAddress socketAddress) throws IOException {
    return SocketAddressCodec.put(address, descriptor.family(), socketAddress);
  }

  @Override
  public int receive(long timeoutNs, Consumer<? super Datagram> sink) throws IOException {
    gate.enter();
    try {
      int count = timeoutNs == 0 || moreExpected ? fetch() : 0;
      if (count == 0 && timeoutNs > 0) {
        count = await(timeoutNs);
      }
      moreExpected = count == batch.size();
      for (int i = 0; i < count; i++) {
        sink.accept(batch.take(i));
      }
      return count;
    } finally {
      gate.leave();
    }
  }

  private int await(long timeoutNs) throws IOException {
    long startNs = clock.monotonicNs();
    long leftNs = timeoutNs;
    while (leftNs > 0) {
      int ready = poll(leftNs);
      if (ready == 0) {
        return 0;
      }
      if (ready > 0) {
        if (wait.getShort(POLL_BYTES + POLL_RETURNED) != 0) {
          silence();
          return 0;
        }
        int count = fetch();
        if (count > 0) {
          return count;
        }
      }
      // A signal came, or a datagram whose checksum was wrong.
      leftNs = timeoutNs == FOREVER_NS ? FOREVER_NS : timeoutNs - (clock.monotonicNs() - startNs);
    }
    return 0;
  }

  /** How many of the two are ready; −1 if a signal came first. */
  private int poll(long timeoutNs) throws IOException {
    long timeout = NONE;
    if (timeoutNs != FOREVER_NS) {
      wait.putLong(TIMEOUT, timeoutNs / NS_PER_S);
      wait.putLong(TIMEOUT + Long.BYTES, timeoutNs % NS_PER_S);
      timeout = waitSegment.address() + TIMEOUT;
    }
    int ready = receiving.call(LibC.PPOLL, waitSegment.address(), 2, timeout, NONE, 0, 0);
    if (ready < 0 && receiving.errno() != LibC.EINTR) {
      throw receiving.failure();
    }
    return ready;
  }

  private void silence() throws IOException {
    if (gate.isClosed()) {
      throw new AsynchronousCloseException();
    }
    receiving.call(LibC.READ, bell, waitSegment.address() + RUNG, Long.BYTES);
  }

  /** What is there now, 0 if nothing is. */
  private int fetch() throws IOException {
    while (true) {
      batch.prepare();
      int count =
          receiving.call(
              LibC.RECVMMSG,
              descriptor.number(),
              batch.address(),
              batch.size(),
              MSG_DONTWAIT,
              NONE,
              0);
      if (count >= 0) {
        batch.filled(count);
        return count;
      }
      switch (receiving.errno()) {
        case LibC.EAGAIN -> {
          return 0;
        }
        case LibC.EINTR -> {}
        default -> throw receiving.failure();
      }
    }
  }

  @Override
  public void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
    gate.enter();
    try {
      synchronized (sendLock) {
        if (peer != null && !peer.equals(to)) {
          throw new AlreadyConnectedException();
        }
        long target = peer == null ? addressSegment.address() : NONE;
        int targetBytes = peer == null ? putAddress(to) : 0;
        int bytes = datagram.remaining();
        MemorySegment from = MemorySegment.ofBuffer(datagram);
        if (!from.isNative()) {
          if (bytes > content.capacity()) {
            throw new IOException(
                "a datagram of " + bytes + " bytes is more than this socket has room for");
          }
          content.put(0, datagram, datagram.position(), bytes);
          from = contentSegment;
        }
        send(from, bytes, target, targetBytes);
        datagram.position(datagram.limit());
      }
    } finally {
      gate.leave();
    }
  }

  private void send(MemorySegment from, int bytes, long target, int targetBytes)
      throws IOException {
    int sent;
    do {
      sent =
          (int)
              sending.callLong(
                  LibC.SENDTO,
                  descriptor.number(),
                  from.address(),
                  bytes,
                  MSG_DONTWAIT,
                  target,
                  targetBytes);
    } while (sent < 0 && sending.errno() == LibC.EINTR);
    if (sent < 0) {
      throw sending.failure();
    }
  }

  @Override
  public void wakeUp() {
    if (gate.tryEnter()) {
      try {
        ring();
      } finally {
        gate.leave();
      }
    }
  }

  /** Cannot fail: the count of an eventfd overflows at 2⁶⁴ − 1. */
  private void ring() {
    ringing.call(LibC.WRITE, bell, ring.address(), Long.BYTES);
  }

  @Override
  public TimestampSource stampedBy() {
    return TimestampSource.KERNEL;
  }

  @Override
  public InetSocketAddress localAddress() throws IOException {
    gate.enter();
    try {
      return descriptor.localAddress();
    } finally {
      gate.leave();
    }
  }

  @Override
  public int receiveBufferBytes() throws IOException {
    gate.enter();
    try {
      return descriptor.receiveBufferBytes();
    } finally {
      gate.leave();
    }
  }

  @Override
  public OptionalLong drops() {
    return OptionalLong.of(batch.drops());
  }

  @Override
  public void close() {
    if (gate.tryEnter()) {
      try {
        gate.close();
        ring();
      } finally {
        gate.leave();
      }
    }
  }

  private void free() {
    descriptor.close(bell);
    descriptor.close();
    arena.close();
  }
}

package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AlreadyConnectedException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;

/**
 * A UDP socket of the kernel's, called directly: datagrams come in batches with the moments at
 * which the kernel got them.
 *
 * <p>Receiving, sending and everything else have memory of their own, so that they can go on at the
 * same time.
 */
final class KernelSocket implements NewSocket {

  private static final int NONE = 0;
  private static final int MSG_DONTWAIT = 0x40;

  private final Arena arena;
  private final SocketDescriptor descriptor;
  private final Gate gate = new Gate(this::free);

  private final KernelReceiver receiver;

  private final Object sendLock = new Object();
  private final LibC sending;
  private final MemorySegment addressSegment;
  private final ByteBuffer address;
  private final MemorySegment contentSegment;
  private final ByteBuffer content;
  private InetSocketAddress peer;

  /** Empty if nobody wants to know when datagrams leave, or the kernel does not tell. */
  private final Optional<TransmitStamps> transmitStamps;

  private KernelSocket(
      Arena arena, SocketDescriptor descriptor, UdpSettings settings, ClockSource clock)
      throws IOException {
    this.arena = arena;
    this.descriptor = descriptor;
    sending = new LibC(arena);
    addressSegment = arena.allocate(SocketAddressCodec.BYTES_MAX, Long.BYTES);
    address = addressSegment.asByteBuffer().order(ByteOrder.nativeOrder());
    contentSegment = arena.allocate(settings.datagramBytesMax());
    content = contentSegment.asByteBuffer();
    transmitStamps =
        settings.transmitStamps() ? TransmitStamps.of(descriptor, arena) : Optional.empty();
    receiver = new KernelReceiver(descriptor, settings, clock, gate, transmitStamps, arena);
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
      return new KernelSocket(arena, descriptor, settings, clock);
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
      int count = receiver.receive(timeoutNs);
      MessageBatch batch = receiver.batch();
      for (int i = 0; i < count; i++) {
        sink.accept(batch.take(i));
      }
      return count;
    } finally {
      gate.leave();
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
      IOException failure = sending.failure();
      transmitStamps.ifPresent(TransmitStamps::sendFailed);
      throw failure;
    }
    transmitStamps.ifPresent(TransmitStamps::sent);
  }

  @Override
  public OptionalLong transmitTimeNs() throws IOException {
    gate.enter();
    try {
      return transmitStamps.map(TransmitStamps::last).orElseGet(OptionalLong::empty);
    } finally {
      gate.leave();
    }
  }

  @Override
  public void wakeUp() {
    if (gate.tryEnter()) {
      try {
        receiver.wakeUp();
      } finally {
        gate.leave();
      }
    }
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
    return OptionalLong.of(receiver.batch().drops());
  }

  @Override
  public void close() {
    if (gate.tryEnter()) {
      try {
        gate.close();
        receiver.wakeUp();
      } finally {
        gate.leave();
      }
    }
  }

  private void free() {
    receiver.close();
    descriptor.close();
    arena.close();
  }
}

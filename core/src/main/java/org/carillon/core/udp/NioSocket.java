package org.carillon.core.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;

/**
 * A UDP socket of Java's own. Datagrams are stamped by the receiving thread as soon as it has them:
 * late by the time that passed until it was on a processor.
 */
final class NioSocket implements NewSocket {

  private static final long NS_PER_MS = 1_000_000;

  private final ClockSource clock;
  private final DatagramChannel channel;
  private final Selector selector;
  private final int batch;
  private final boolean busy;
  private final Received received;
  private final AtomicBoolean woken = new AtomicBoolean();

  private NioSocket(
      DatagramChannel channel, Selector selector, UdpSettings settings, ClockSource clock) {
    this.channel = channel;
    this.selector = selector;
    this.clock = clock;
    batch = settings.batch();
    busy = settings.waiting() == Waiting.BUSY;
    received = new Received(settings.datagramBytesMax());
  }

  /**
   * A socket without an address.
   *
   * @throws IOException if the system does not give one
   */
  static NioSocket open(UdpSettings settings, ClockSource clock) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      if (settings.receiveBufferBytes().isPresent()) {
        channel.setOption(
            StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes().getAsInt());
      }
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new NioSocket(channel, selector, settings, clock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void bind(InetSocketAddress address) throws IOException {
    channel.bind(resolved(address));
  }

  @Override
  public void connect(InetSocketAddress peer) throws IOException {
    channel.connect(resolved(peer));
  }

  private static InetSocketAddress resolved(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new UnknownHostException(address.getHostString());
    }
    return address;
  }

  @Override
  public int receive(long timeoutNs, Consumer<? super Datagram> sink) throws IOException {
    int count = fetch(sink);
    if (count > 0 || timeoutNs == 0) {
      return count;
    }
    // An interrupted thread does not wait in a selector, so the interrupt is put off.
    boolean interrupted = false;
    try {
      long startNs = clock.monotonicNs();
      long leftNs = timeoutNs;
      while (leftNs > 0) {
        interrupted |= Thread.interrupted();
        boolean ready = busy ? spin() : select(leftNs);
        if (woken.getAndSet(false)) {
          return 0;
        }
        if (ready) {
          count = fetch(sink);
          if (count > 0) {
            return count;
          }
        } else if (!Thread.currentThread().isInterrupted()) {
          return 0;
        }
        leftNs = timeoutNs == FOREVER_NS ? FOREVER_NS : timeoutNs - (clock.monotonicNs() - startNs);
      }
      return 0;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does not wait: whether something is there shows when it is fetched. */
  private boolean spin() throws IOException {
    if (!selector.isOpen()) {
      throw new AsynchronousCloseException();
    }
    Thread.onSpinWait();
    return true;
  }

  private boolean select(long timeoutNs) throws IOException {
    try {
      int ready =
          timeoutNs == FOREVER_NS
              ? selector.select(key -> {})
              : selector.select(key -> {}, Math.ceilDiv(timeoutNs, NS_PER_MS));
      if (selector.isOpen()) {
        return ready > 0;
      }
    } catch (ClosedSelectorException e) {
      // Said below.
    }
    throw new AsynchronousCloseException();
  }

  private int fetch(Consumer<? super Datagram> sink) throws IOException {
    int count = 0;
    // The sink may have closed the socket, and has what came before all the same.
    while (count < batch && (count == 0 || channel.isOpen()) && received.fetch()) {
      sink.accept(received);
      count++;
    }
    return count;
  }

  @Override
  public void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
    int bytes = datagram.remaining();
    if (channel.send(datagram, resolved(to)) < bytes) {
      throw new IOException("Resource temporarily unavailable");
    }
  }

  @Override
  public OptionalLong transmitTimeNs() throws IOException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    return OptionalLong.empty();
  }

  @Override
  public void wakeUp() {
    woken.set(true);
    try {
      selector.wakeup();
    } catch (ClosedSelectorException e) {
      // Then nobody sleeps in it.
    }
  }

  @Override
  public TimestampSource stampedBy() {
    return TimestampSource.USER;
  }

  @Override
  public InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  @Override
  public int receiveBufferBytes() throws IOException {
    return channel.getOption(StandardSocketOptions.SO_RCVBUF);
  }

  @Override
  public OptionalLong drops() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    try (channel) {
      selector.close();
    } catch (IOException e) {
      // What closing a datagram socket reports says nothing that one could act on.
    }
  }

  /** The one datagram that is looked at. */
  private final class Received implements Datagram {

    private final int bytesMax;
    private final ByteBuffer content;
    private InetSocketAddress sender;
    private long realtimeNs;
    private boolean truncated;

    Received(int bytesMax) {
      this.bytesMax = bytesMax;
      // One byte more, to see whether there would have been more.
      content = ByteBuffer.allocateDirect(bytesMax + 1);
    }

    boolean fetch() throws IOException {
      content.clear();
      sender = (InetSocketAddress) channel.receive(content);
      if (sender == null) {
        return false;
      }
      realtimeNs = clock.realtimeNs();
      content.flip();
      truncated = content.limit() > bytesMax;
      if (truncated) {
        content.limit(bytesMax);
      }
      return true;
    }

    @Override
    public ByteBuffer bytes() {
      return content;
    }

    @Override
    public long realtimeNs() {
      return realtimeNs;
    }

    @Override
    public TimestampSource source() {
      return TimestampSource.USER;
    }

    @Override
    public boolean truncated() {
      return truncated;
    }

    @Override
    public InetSocketAddress sender() {
      return sender;
    }
  }
}

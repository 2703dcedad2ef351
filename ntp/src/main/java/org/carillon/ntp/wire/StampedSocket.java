package org.carillon.ntp.wire;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;
import org.carillon.core.time.ClockSource;

/**
 * A UDP socket for NTP that says when each datagram came.
 *
 * <p>One thread at a time receives; another may close it, which ends a receive with an exception.
 */
public final class StampedSocket implements AutoCloseable {

  /** More than any NTP packet with extension fields; what is longer is cut off here. */
  private static final int DATAGRAM_BYTES_MAX = 2_048;

  /** Room for a burst of some thousand requests while the thread is not on a processor. */
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  private final DatagramChannel channel;
  private final ClockSource clock;
  private final DatagramPacket incoming =
      new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);

  /**
   * A datagram that came.
   *
   * @param bytes its content, valid until the next receive
   * @param from its sender
   * @param realtimeNs when it came, on the machine's CLOCK_REALTIME
   * @param stampKind who noted that
   */
  public record Arrival(
      ByteBuffer bytes, InetSocketAddress from, long realtimeNs, StampKind stampKind) {}

  private StampedSocket(DatagramChannel channel, ClockSource clock) {
    this.channel = channel;
    this.clock = clock;
  }

  /**
   * A socket on a port of its own that hears one server alone.
   *
   * @throws IOException if the server's network cannot be reached from here
   */
  public static StampedSocket connectedTo(InetSocketAddress server, ClockSource clock)
      throws IOException {
    return open(clock, channel -> channel.connect(server));
  }

  /**
   * A socket that hears everybody.
   *
   * @throws IOException if the address is not of this host, or the port taken or privileged
   */
  public static StampedSocket boundTo(InetSocketAddress address, ClockSource clock)
      throws IOException {
    return open(
        clock,
        channel -> {
          channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
          channel.bind(address);
        });
  }

  private interface Preparation {
    void apply(DatagramChannel channel) throws IOException;
  }

  private static StampedSocket open(ClockSource clock, Preparation preparation) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      preparation.apply(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new StampedSocket(channel, clock);
  }

  /** The address this socket is bound to. */
  public InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  /** Sends one datagram; a connected socket only to the server it is connected to. */
  public void send(byte[] bytes, InetSocketAddress to) throws IOException {
    channel.send(ByteBuffer.wrap(bytes), to);
  }

  /**
   * Waits for a datagram.
   *
   * @param timeout how long at most; rounded up to a millisecond
   * @return empty if none came in time
   * @throws IOException if the socket is closed, or the server's host refuses the port
   */
  public Optional<Arrival> receive(Duration timeout) throws IOException {
    try {
      return Optional.of(
          receive(Math.clamp(timeout.plusNanos(999_999).toMillis(), 1, Integer.MAX_VALUE)));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  /**
   * Waits for a datagram as long as it takes.
   *
   * @throws IOException if the socket is closed
   */
  public Arrival receive() throws IOException {
    return receive(0);
  }

  private Arrival receive(int timeoutMs) throws IOException {
    channel.socket().setSoTimeout(timeoutMs);
    incoming.setLength(DATAGRAM_BYTES_MAX);
    channel.socket().receive(incoming);
    long realtimeNs = clock.realtimeNs();
    return new Arrival(
        ByteBuffer.wrap(incoming.getData(), 0, incoming.getLength()),
        (InetSocketAddress) incoming.getSocketAddress(),
        realtimeNs,
        StampKind.USER);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package org.carillon.ntp.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;
import org.carillon.core.udp.Datagram;
import org.carillon.core.udp.UdpSettings;
import org.carillon.core.udp.UdpSocket;

/**
 * A UDP socket for NTP that says when each datagram came, and where the kernel tells, when it left.
 *
 * <p>One thread at a time receives; another may close it, which ends a receive with an exception.
 */
public final class StampedSocket implements AutoCloseable {

  /** More than any NTP packet with extension fields; what is longer is cut off here. */
  private static final int DATAGRAM_BYTES_MAX = 2_048;

  /** Room for a burst of some thousand requests while the thread is not on a processor. */
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  private final UdpSocket socket;

  /** The one that the receive under way has got. */
  private Arrival incoming;

  /**
   * A datagram that came.
   *
   * @param bytes its content, of its own
   * @param from its sender
   * @param realtimeNs when it came, on the machine's CLOCK_REALTIME
   * @param source who noted that
   */
  public record Arrival(
      ByteBuffer bytes, InetSocketAddress from, long realtimeNs, TimestampSource source) {}

  private StampedSocket(UdpSocket socket) {
    this.socket = socket;
  }

  /**
   * A socket on a port of its own that hears one server alone.
   *
   * @throws IOException if the server's network cannot be reached from here
   */
  public static StampedSocket connectedTo(InetSocketAddress server, ClockSource clock)
      throws IOException {
    return new StampedSocket(UdpSocket.connected(server, settings(OptionalInt.empty()), clock));
  }

  /**
   * A socket that hears everybody.
   *
   * @throws IOException if the address is not of this host, or the port taken or privileged
   */
  public static StampedSocket boundTo(InetSocketAddress address, ClockSource clock)
      throws IOException {
    return new StampedSocket(
        UdpSocket.bound(address, settings(OptionalInt.of(RECEIVE_BUFFER_BYTES)), clock));
  }

  private static UdpSettings settings(OptionalInt receiveBufferBytes) {
    return new UdpSettings(DATAGRAM_BYTES_MAX, 1, receiveBufferBytes).withTransmitStamps();
  }

  /** Who stamps the datagrams as a rule. */
  public TimestampSource stampedBy() {
    return socket.stampedBy();
  }

  /** The address this socket is bound to. */
  public InetSocketAddress localAddress() throws IOException {
    return socket.localAddress();
  }

  /** Sends one datagram; a connected socket only to the server it is connected to. */
  public void send(byte[] bytes, InetSocketAddress to) throws IOException {
    socket.send(ByteBuffer.wrap(bytes), to);
  }

  /**
   * When the last datagram sent left this machine, on its CLOCK_REALTIME: not before that; empty if
   * the kernel has not told. See {@link UdpSocket#transmitTimeNs()}.
   */
  public OptionalLong transmitTimeNs() throws IOException {
    return socket.transmitTimeNs();
  }

  /**
   * Waits for a datagram.
   *
   * @param timeout how long at most
   * @return empty if none came in time
   * @throws IOException if the socket is closed, or the server's host refuses the port
   */
  public Optional<Arrival> receive(Duration timeout) throws IOException {
    boolean some = socket.receive(Math.max(timeout.toNanos(), 0), this::keep) > 0;
    return some ? Optional.of(incoming) : Optional.empty();
  }

  /**
   * Waits for a datagram as long as it takes.
   *
   * @throws IOException if the socket is closed
   */
  public Arrival receive() throws IOException {
    while (socket.receive(UdpSocket.FOREVER_NS, this::keep) == 0) {}
    return incoming;
  }

  private void keep(Datagram datagram) {
    byte[] bytes = new byte[datagram.bytes().remaining()];
    datagram.bytes().get(bytes);
    incoming =
        new Arrival(
            ByteBuffer.wrap(bytes), datagram.sender(), datagram.realtimeNs(), datagram.source());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

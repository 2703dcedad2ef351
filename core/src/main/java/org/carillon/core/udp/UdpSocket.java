package org.carillon.core.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;

/**
 * A UDP socket that says when each datagram came.
 *
 * <p>One thread at a time may call {@link #receive}; every other method is open to all threads at
 * any time. An interrupt does not end a receive, {@link #wakeUp()} and {@link #close()} do.
 */
public interface UdpSocket extends AutoCloseable {

  /** A timeout that never comes. */
  long FOREVER_NS = Long.MAX_VALUE;

  /**
   * A socket that hears everybody. A wildcard address means all addresses of this host, IPv6 and
   * IPv4.
   *
   * @param address of this host; port 0 for any free one
   * @throws java.net.BindException if the address is not of this host, or the port taken or
   *     privileged
   */
  static UdpSocket bound(InetSocketAddress address, UdpSettings settings, ClockSource clock)
      throws IOException {
    return StampChoice.socket(settings, clock, socket -> socket.bind(address));
  }

  /**
   * A socket on a free port that hears one peer alone.
   *
   * @throws IOException if there is no way to the peer's network from here
   */
  static UdpSocket connected(InetSocketAddress peer, UdpSettings settings, ClockSource clock)
      throws IOException {
    return StampChoice.socket(settings, clock, socket -> socket.connect(peer));
  }

  /**
   * Hands over what has come: at most one batch, in the order in which it came. If nothing has,
   * waits until something does, until the timeout, or until {@link #wakeUp()}.
   *
   * @param timeoutNs how long to wait at most, in ns; 0 does not wait, {@link #FOREVER_NS} waits
   *     for ever
   * @param sink takes each datagram, on this thread; if it throws, the rest of the batch is lost
   * @return how many were handed over; 0 after a timeout or a wake-up
   * @throws java.net.PortUnreachableException if the peer's host has said that nobody listens there
   * @throws java.nio.channels.ClosedChannelException if the socket is closed, also while waiting
   */
  int receive(long timeoutNs, Consumer<? super Datagram> sink) throws IOException;

  /**
   * Sends one datagram; waits for nothing.
   *
   * @param datagram between position and limit
   * @param to whom; a connected socket sends to its peer alone, who must be named all the same
   * @throws java.net.PortUnreachableException if an earlier datagram was refused
   * @throws IOException if it cannot be sent
   */
  void send(ByteBuffer datagram, InetSocketAddress to) throws IOException;

  /**
   * When the datagram of the last {@link #send} left, as far as the kernel has told by now: the
   * moment on the machine's CLOCK_REALTIME, in ns since the Unix epoch, at which the network
   * device's driver got it. It cannot have been on the wire before. Loopback and devices with an
   * idle queue have it when send returns; once an answer has come, all that tell at all have told.
   *
   * @return empty if it is not known (yet), or the socket was opened without {@link
   *     UdpSettings#transmitStamps()}
   * @throws java.nio.channels.ClosedChannelException if the socket is closed
   */
  OptionalLong transmitTimeNs() throws IOException;

  /** Lets the receive under way, or else the next one, return without a datagram. */
  void wakeUp();

  /** Who stamps its datagrams as a rule; each tells for itself. */
  TimestampSource stampedBy();

  /** The address this socket is bound to. */
  InetSocketAddress localAddress() throws IOException;

  /** The receive buffer that the kernel really gave, in bytes. */
  int receiveBufferBytes() throws IOException;

  /**
   * How many datagrams the kernel had dropped because the receive buffer was full, before the last
   * one that it handed over; empty where the kernel does not tell.
   */
  OptionalLong drops();

  /** Closes the socket and ends the receive under way; may be repeated. */
  @Override
  void close();
}

package org.carillon.ntp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.SystemClock;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpShort;
import org.carillon.ntp.wire.NtpTimestamp;

/** A server on the loopback that answers each request with the datagrams that a test wants. */
final class ScriptedServer implements AutoCloseable {

  private static final SystemClock CLOCK = new SystemClock();

  private final DatagramSocket socket;
  private final Function<NtpPacket, List<byte[]>> script;
  private final AtomicInteger requests = new AtomicInteger();

  ScriptedServer(Function<NtpPacket, List<byte[]>> script) {
    this.script = script;
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::answer);
  }

  HostPort address() {
    return new HostPort(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
  }

  int requests() {
    return requests.get();
  }

  /** A good answer whose clock is off by some ns. */
  static NtpPacket good(NtpPacket request, long offsetNs) {
    long nowNs = NtpTimestamp.fromUnixNs(CLOCK.realtimeNs() + offsetNs);
    return new NtpPacket(
        0,
        4,
        NtpPacket.MODE_SERVER,
        3,
        0,
        -20,
        NtpShort.fromNs(100_000),
        NtpShort.fromNs(100_000),
        0,
        nowNs,
        request.transmit(),
        nowNs,
        nowNs);
  }

  /** A kiss of death. */
  static NtpPacket kiss(NtpPacket request, int code) {
    return new NtpPacket(
        3, 4, NtpPacket.MODE_SERVER, 0, 0, -20, 0, 0, code, 0, request.transmit(), 0, 0);
  }

  private void answer() {
    try {
      while (true) {
        DatagramPacket incoming = new DatagramPacket(new byte[1_024], 1_024);
        socket.receive(incoming);
        requests.incrementAndGet();
        NtpPacket request =
            NtpPacket.parse(ByteBuffer.wrap(incoming.getData(), 0, incoming.getLength()))
                .orElseThrow();
        for (byte[] datagram : script.apply(request)) {
          socket.send(new DatagramPacket(datagram, datagram.length, incoming.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // Closed: the end.
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}

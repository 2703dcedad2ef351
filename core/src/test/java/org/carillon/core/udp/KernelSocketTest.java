package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalInt;
import org.carillon.core.record.TimestampSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KernelSocketTest extends UdpSocketContract {

  /** Linux begins to stamp some time after the first socket asked, on a busy machine much later. */
  @BeforeAll
  static void untilTheKernelStamps() throws IOException {
    try (UdpSocket socket = UdpSocket.bound(LOOPBACK_4, SMALL, CLOCK);
        DatagramSocket peer = peer()) {
      do {
        send(peer, "x", socket.localAddress());
      } while (receive(socket).source() != TimestampSource.KERNEL);
    }
  }

  @Override
  NewSocket open(UdpSettings settings) throws IOException {
    return KernelSocket.open(settings, CLOCK);
  }

  @Override
  TimestampSource source() {
    return TimestampSource.KERNEL;
  }

  @Test
  void theStampIsThatOfTheArrivalHoweverLateTheThreadIs() throws Exception {
    try (NewSocket socket = bound();
        DatagramSocket peer = peer()) {
      send(peer, "first, while the kernel may not stamp yet", socket.localAddress());
      receive(socket);
      send(peer, "x", socket.localAddress());
      long sentNs = CLOCK.realtimeNs();
      CLOCK.sleep(Duration.ofMillis(20));

      // On loopback a datagram is in the receiver's queue when its send returns.
      assertThat(receive(socket).realtimeNs()).isLessThanOrEqualTo(sentNs);
    }
  }

  @Test
  void dropsAreCounted() throws IOException {
    UdpSettings settings = new UdpSettings(2_048, 8, OptionalInt.of(20_000));
    try (NewSocket socket = bound(LOOPBACK_4, settings);
        DatagramSocket peer = peer()) {
      assertThat(socket.drops()).hasValue(0);
      int sent = 200;
      for (int i = 0; i < sent; i++) {
        send(peer, new byte[1_000], socket.localAddress());
      }
      int received = 0;
      for (int count = 1; count > 0; received += count) {
        count = socket.receive(0, datagram -> {});
      }
      assertThat(received).isBetween(1, sent - 1);

      send(peer, "the next one tells", socket.localAddress());
      receive(socket);

      assertThat(socket.drops()).hasValue(sent - received);
    }
  }

  @Test
  void whoDidNotAskForTransmitStampsGetsNone() throws IOException {
    try (NewSocket socket = KernelSocket.open(SMALL, CLOCK)) {
      socket.bind(LOOPBACK_4);
      socket.send(ByteBuffer.allocate(1), socket.localAddress());

      assertThat(socket.transmitTimeNs()).isEmpty();
    }
  }
}

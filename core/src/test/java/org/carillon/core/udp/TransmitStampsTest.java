package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.core.time.ClockSource;
import org.junit.jupiter.api.Test;

/** A socket that wants to know when its datagrams leave does all that any other does. */
class TransmitStampsTest extends KernelSocketTest {

  @Override
  NewSocket open(UdpSettings settings) throws IOException {
    return KernelSocket.open(settings.withTransmitStamps(), CLOCK);
  }

  @Test
  void aDatagramLeavesAfterItsSendBeganAndBeforeItArrives() throws IOException {
    for (InetSocketAddress loopback : List.of(LOOPBACK_4, LOOPBACK_6)) {
      try (NewSocket bound = bound(loopback, SMALL);
          NewSocket connected = open(SMALL);
          DatagramSocket peer = new DatagramSocket(loopback)) {
        InetSocketAddress to = (InetSocketAddress) peer.getLocalSocketAddress();
        connected.connect(to);
        for (NewSocket socket : List.of(bound, connected)) {
          assertThat(socket.transmitTimeNs()).isEmpty();
          for (int i = 0; i < 500; i++) {
            long beforeNs = CLOCK.realtimeNs();
            socket.send(ByteBuffer.allocate(48), to);
            long afterNs = CLOCK.realtimeNs();

            assertThat(socket.transmitTimeNs()).isPresent();
            assertThat(socket.transmitTimeNs().getAsLong()).isBetween(beforeNs, afterNs);
          }
        }
      }
    }
  }

  @Test
  void stampsThatNobodyTookDoNotHideTheLastOne() throws IOException {
    try (NewSocket socket = bound();
        DatagramSocket peer = peer()) {
      InetSocketAddress to = (InetSocketAddress) peer.getLocalSocketAddress();
      for (int i = 0; i < 100; i++) {
        socket.send(ByteBuffer.allocate(48), to);
      }
      long beforeNs = CLOCK.realtimeNs();
      socket.send(ByteBuffer.allocate(48), to);

      assertThat(socket.transmitTimeNs().orElseThrow()).isGreaterThanOrEqualTo(beforeNs);
    }
  }

  @Test
  void aSendThatFailedLeavesNoStampAndTheNextOneHasItsOwn() throws IOException {
    InetSocketAddress nobody;
    try (DatagramSocket peer = peer()) {
      nobody = (InetSocketAddress) peer.getLocalSocketAddress();
    }
    try (NewSocket socket = open(SMALL)) {
      socket.connect(nobody);
      socket.send(ByteBuffer.allocate(1), nobody);
      assertThat(socket.transmitTimeNs()).isPresent();
      assertThatThrownBy(() -> socket.send(ByteBuffer.allocate(1), nobody))
          .isInstanceOf(PortUnreachableException.class);
      assertThat(socket.transmitTimeNs()).isEmpty();

      long beforeNs = CLOCK.realtimeNs();
      socket.send(ByteBuffer.allocate(1), nobody);
      assertThat(socket.transmitTimeNs().orElseThrow()).isGreaterThanOrEqualTo(beforeNs);
    }
  }

  @Test
  void stampsThatWaitDoNotKeepAReceiveFromSleeping() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    ClockSource counting =
        (ClockSource)
            Proxy.newProxyInstance(
                ClockSource.class.getClassLoader(),
                new Class<?>[] {ClockSource.class},
                (proxy, method, arguments) -> {
                  looks.incrementAndGet();
                  return method.invoke(CLOCK, arguments);
                });
    try (NewSocket socket = KernelSocket.open(SMALL.withTransmitStamps(), counting);
        DatagramSocket peer = peer()) {
      socket.bind(LOOPBACK_4);
      for (int i = 0; i < 5; i++) {
        socket.send(ByteBuffer.allocate(1), (InetSocketAddress) peer.getLocalSocketAddress());
      }

      assertThat(socket.receive(Duration.ofMillis(50).toNanos(), datagram -> {})).isZero();

      assertThat(looks).hasValueLessThan(5);
      assertThat(socket.transmitTimeNs()).isPresent();
    }
  }
}

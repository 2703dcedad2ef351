package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.core.time.ManualClock;
import org.junit.jupiter.api.Test;

/** A socket that waits as {@link Waiting#MODERATED} says does all that any other does. */
class ModeratedReceiveTest extends KernelSocketTest {

  @Override
  NewSocket open(UdpSettings settings) throws IOException {
    return KernelSocket.open(settings.withWaiting(Waiting.MODERATED), CLOCK);
  }

  /** A clock that stands still, so that everything comes quickly; after any stamp there is. */
  private static ManualClock still() {
    return new ManualClock(CLOCK.realtimeNs() + Duration.ofDays(1).toNanos());
  }

  /** How long one datagram that is there already takes to be fetched, the fourth in a row. */
  private static long fourthFetchNs(NewSocket socket) throws IOException {
    socket.bind(LOOPBACK_4);
    try (DatagramSocket peer = peer()) {
      for (int i = 0; i < 3; i++) {
        send(peer, "x", socket.localAddress());
        receive(socket);
      }
      send(peer, "x", socket.localAddress());
      long startNs = CLOCK.monotonicNs();
      receive(socket);
      return CLOCK.monotonicNs() - startNs;
    }
  }

  @Test
  void whatComesQuicklyIsLetGather() throws IOException {
    try (NewSocket socket = KernelSocket.open(SMALL.withWaiting(Waiting.MODERATED), still())) {
      assertThat(fourthFetchNs(socket)).isGreaterThanOrEqualTo(Moderation.REST_NS);
    }
  }

  @Test
  void nobodyRestsAfterAStampThatIsNotTheKernels() throws IOException {
    // The stamps are all later than this clock, so none is known to be the kernel's.
    ManualClock early = new ManualClock(0);
    try (NewSocket socket = KernelSocket.open(SMALL.withWaiting(Waiting.MODERATED), early)) {
      long leastNs = fourthFetchNs(socket);
      for (int i = 0; i < 200 && leastNs >= Moderation.REST_NS; i++) {
        try (NewSocket another = KernelSocket.open(SMALL.withWaiting(Waiting.MODERATED), early)) {
          leastNs = Math.min(leastNs, fourthFetchNs(another));
        }
      }
      assertThat(leastNs).isLessThan(Moderation.REST_NS);
    }
  }

  @Test
  void aFloodIsReceivedWholeAndDoesNotKeepAReceiverFromEnding() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger received = new AtomicInteger();
    UdpSettings settings = new UdpSettings(64, 64, OptionalInt.of(100_000));
    try (NewSocket socket = bound(LOOPBACK_4, settings);
        Broadcast broadcast = Broadcast.to(List.of(socket.localAddress()), false)) {
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (!stop.get()) {
                        received.addAndGet(socket.receive(UdpSocket.FOREVER_NS, datagram -> {}));
                      }
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      int sent = 0;
      while (sent < 50_000) {
        // As many as the buffer surely holds.
        if (sent - received.get() < 64) {
          broadcast.send(ByteBuffer.allocate(8), (receiver, reason) -> stop.set(true));
          sent++;
        } else {
          Thread.onSpinWait();
        }
      }
      while (received.get() < sent) {
        Thread.onSpinWait();
      }
      stop.set(true);
      socket.wakeUp();
      thread.join();

      assertThat(received).hasValue(sent);
      assertThat(socket.drops()).hasValue(0);
    }
  }
}

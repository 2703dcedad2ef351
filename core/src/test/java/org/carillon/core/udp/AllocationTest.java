package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sending to all and receiving make no object per datagram, nor per call once the second compiler
 * has seen to it; until then a call of the C library makes one of 40 bytes.
 */
@Timeout(60)
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final ClockSource CLOCK = new SystemClock();
  private static final int AT_ONCE = 64;
  private static final int TURNS = 100;

  /** The foreign-function API makes what it needs at the first calls, or a little later. */
  private static final int ROUNDS = 10;

  /** No object is smaller. */
  private static final long OBJECT_BYTES = 16;

  private final ByteBuffer content = ByteBuffer.allocateDirect(60);
  private long sum;

  private interface Turn {
    void run() throws IOException;
  }

  /** The fewest bytes that a turn allocated on this thread, on the average of a round. */
  private static long leastBytes(Turn turn) throws IOException {
    long leastBytes = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long beforeBytes = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < TURNS; i++) {
        turn.run();
      }
      leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - beforeBytes);
    }
    return leastBytes / TURNS;
  }

  private static void none(int receiver, String reason) {
    throw new AssertionError("receiver " + receiver + ": " + reason);
  }

  private void look(Datagram datagram) {
    sum += datagram.realtimeNs() + datagram.bytes().getInt() + datagram.source().ordinal();
  }

  @ParameterizedTest
  @EnumSource(Waiting.class)
  void sendingAndReceiving(Waiting waiting) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    UdpSettings settings =
        new UdpSettings(UdpSettings.ANY_DATAGRAM_BYTES, AT_ONCE, OptionalInt.of(1 << 20))
            .withWaiting(waiting);
    Consumer<Datagram> sink = this::look;
    try (UdpSocket socket = UdpSocket.bound(loopback, settings, CLOCK);
        Broadcast broadcast =
            Broadcast.to(Collections.nCopies(AT_ONCE, socket.localAddress()), true)) {
      long bytes =
          leastBytes(
              () -> {
                broadcast.send(content, AllocationTest::none);
                sum += broadcast.transmitTimeNs();
                int left = AT_ONCE;
                while (left > 0) {
                  left -= socket.receive(UdpSocket.FOREVER_NS, sink);
                }
              });

      assertThat(bytes).isLessThan(AT_ONCE * OBJECT_BYTES);
    }
  }
}

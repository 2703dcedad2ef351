package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every UDP socket does, whoever stamps its datagrams. */
@Timeout(60)
abstract class UdpSocketContract {

  static final ClockSource CLOCK = new SystemClock();
  static final InetSocketAddress LOOPBACK_4 = new InetSocketAddress(address("127.0.0.1"), 0);
  static final InetSocketAddress LOOPBACK_6 = new InetSocketAddress(address("::1"), 0);
  static final UdpSettings SMALL = new UdpSettings(2_048, 8, OptionalInt.empty());
  static final long SECOND_NS = Duration.ofSeconds(1).toNanos();

  /** A new socket of the kind that is tested. */
  abstract NewSocket open(UdpSettings settings) throws IOException;

  /** Whose stamp its datagrams should have. */
  abstract TimestampSource source();

  /** A datagram as it was while it could be looked at. */
  record Seen(
      byte[] bytes,
      long realtimeNs,
      TimestampSource source,
      boolean truncated,
      InetSocketAddress sender) {

    static Seen of(Datagram datagram) {
      byte[] bytes = new byte[datagram.bytes().remaining()];
      datagram.bytes().get(bytes);
      return new Seen(
          bytes, datagram.realtimeNs(), datagram.source(), datagram.truncated(), datagram.sender());
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  NewSocket bound(InetSocketAddress address, UdpSettings settings) throws IOException {
    NewSocket socket = open(settings);
    try {
      socket.bind(address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  NewSocket bound() throws IOException {
    return bound(LOOPBACK_4, SMALL);
  }

  static DatagramSocket peer() throws IOException {
    return new DatagramSocket(LOOPBACK_4);
  }

  static void send(DatagramSocket from, byte[] bytes, InetSocketAddress to) throws IOException {
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  static void send(DatagramSocket from, String text, InetSocketAddress to) throws IOException {
    send(from, text.getBytes(StandardCharsets.UTF_8), to);
  }

  /** Waits for as many datagrams. */
  static List<Seen> receive(UdpSocket socket, int count) throws IOException {
    List<Seen> seen = new ArrayList<>();
    while (seen.size() < count) {
      assertThat(socket.receive(10 * SECOND_NS, datagram -> seen.add(Seen.of(datagram))))
          .as("datagrams after %s", seen.size())
          .isPositive();
    }
    return seen;
  }

  static Seen receive(UdpSocket socket) throws IOException {
    return receive(socket, 1).getFirst();
  }

  @Test
  void datagramsComeInTheOrderInWhichTheyWereSent() throws IOException {
    try (NewSocket socket = bound();
        DatagramSocket peer = peer()) {
      List<String> texts = IntStream.range(0, 100).mapToObj(i -> "datagram " + i).toList();
      for (String text : texts) {
        send(peer, text, socket.localAddress());
      }

      List<Seen> seen = receive(socket, texts.size());

      assertThat(seen).extracting(Seen::text).isEqualTo(texts);
      assertThat(seen).extracting(Seen::realtimeNs).isSorted();
    }
  }

  @Test
  void oneCallHandsOverOneBatchAtMost() throws IOException {
    try (NewSocket socket = bound();
        DatagramSocket peer = peer()) {
      for (int i = 0; i < SMALL.batch() + 1; i++) {
        send(peer, "x", socket.localAddress());
      }

      assertThat(socket.receive(SECOND_NS, datagram -> {})).isEqualTo(SMALL.batch());
      assertThat(socket.receive(0, datagram -> {})).isOne();
      assertThat(socket.receive(0, datagram -> {})).isZero();
    }
  }

  @Test
  void everyDatagramIsStampedAfterItsSendAndBeforeItIsHandedOver() throws IOException {
    try (NewSocket socket = bound();
        DatagramSocket peer = peer()) {
      assertThat(socket.stampedBy()).isEqualTo(source());
      InetSocketAddress to = socket.localAddress();
      send(peer, "first, while the kernel may not stamp yet", to);
      receive(socket);
      for (int i = 0; i < 1_000; i++) {
        long beforeNs = CLOCK.realtimeNs();
        send(peer, "x", to);
        Seen seen = receive(socket);
        assertThat(seen.realtimeNs()).isBetween(beforeNs, CLOCK.realtimeNs());
        assertThat(seen.source()).isEqualTo(source());
      }
    }
  }

  @Test
  void aDatagramWithoutContentIsADatagram() throws IOException {
    try (NewSocket socket = bound();
        DatagramSocket peer = peer()) {
      send(peer, "", socket.localAddress());

      Seen seen = receive(socket);

      assertThat(seen.bytes()).isEmpty();
      assertThat(seen.truncated()).isFalse();
    }
  }

  @Test
  void whatIsTooLongIsCutOffAndSaysSo() throws IOException {
    UdpSettings settings = new UdpSettings(5, 8, OptionalInt.empty());
    try (NewSocket socket = bound(LOOPBACK_4, settings);
        DatagramSocket peer = peer()) {
      send(peer, "1234", socket.localAddress());
      send(peer, "123456", socket.localAddress());
      send(peer, "12345", socket.localAddress());

      List<Seen> seen = receive(socket, 3);

      assertThat(seen).extracting(Seen::text).containsExactly("1234", "12345", "12345");
      assertThat(seen).extracting(Seen::truncated).containsExactly(false, true, false);
    }
  }

  @Test
  void theLongestDatagramOfUdpComesWhole() throws IOException {
    UdpSettings settings =
        new UdpSettings(UdpSettings.ANY_DATAGRAM_BYTES, 2, OptionalInt.of(1 << 20));
    byte[] longest = new byte[65_507];
    longest[longest.length - 1] = 7;
    try (NewSocket socket = bound(LOOPBACK_4, settings);
        DatagramSocket peer = peer()) {
      send(peer, longest, socket.localAddress());

      Seen seen = receive(socket);

      assertThat(seen.bytes()).isEqualTo(longest);
      assertThat(seen.truncated()).isFalse();
    }
  }

  @Test
  void aWildcardAddressHearsBothFamilies() throws IOException {
    try (NewSocket socket = bound(new InetSocketAddress(0), SMALL);
        DatagramSocket peer4 = peer();
        DatagramSocket peer6 = new DatagramSocket(LOOPBACK_6)) {
      int port = socket.localAddress().getPort();
      assertThat(port).isPositive();
      assertThat(socket.localAddress().getAddress().isAnyLocalAddress()).isTrue();

      send(peer4, "four", new InetSocketAddress(LOOPBACK_4.getAddress(), port));
      send(peer6, "six", new InetSocketAddress(LOOPBACK_6.getAddress(), port));

      List<Seen> seen = receive(socket, 2);
      assertThat(seen).extracting(Seen::text).containsExactly("four", "six");
      assertThat(seen)
          .extracting(Seen::sender)
          .containsExactly(
              new InetSocketAddress(LOOPBACK_4.getAddress(), peer4.getLocalPort()),
              new InetSocketAddress(LOOPBACK_6.getAddress(), peer6.getLocalPort()));
    }
  }

  @Test
  void anAddressOfOneFamilyIsBoundAsItIs() throws IOException {
    try (NewSocket four = bound(LOOPBACK_4, SMALL);
        NewSocket six = bound(LOOPBACK_6, SMALL)) {
      assertThat(four.localAddress().getAddress()).isEqualTo(LOOPBACK_4.getAddress());
      assertThat(six.localAddress().getAddress()).isEqualTo(LOOPBACK_6.getAddress());
    }
  }

  @Test
  void answersGoBackToWhereADatagramCameFrom() throws IOException {
    for (InetSocketAddress loopback : List.of(LOOPBACK_4, LOOPBACK_6)) {
      try (NewSocket socket = bound(new InetSocketAddress(0), SMALL);
          NewSocket client = open(SMALL)) {
        client.connect(
            new InetSocketAddress(loopback.getAddress(), socket.localAddress().getPort()));
        InetSocketAddress server =
            new InetSocketAddress(loopback.getAddress(), socket.localAddress().getPort());
        client.send(ByteBuffer.wrap("xquestion".getBytes(StandardCharsets.UTF_8), 1, 8), server);
        Seen question = receive(socket);
        assertThat(question.text()).isEqualTo("question");
        assertThat(question.sender()).isEqualTo(client.localAddress());

        ByteBuffer direct = ByteBuffer.allocateDirect(6).put("answer".getBytes(), 0, 6).flip();
        socket.send(direct, question.sender());

        assertThat(direct.hasRemaining()).isFalse();
        assertThat(receive(client).text()).isEqualTo("answer");
      }
    }
  }

  @Test
  void aConnectedSocketHearsItsPeerAlone() throws IOException {
    try (NewSocket socket = open(SMALL);
        DatagramSocket peer = peer();
        DatagramSocket stranger = peer()) {
      socket.connect((InetSocketAddress) peer.getLocalSocketAddress());
      send(stranger, "stranger", socket.localAddress());
      send(peer, "peer", socket.localAddress());

      assertThat(receive(socket).text()).isEqualTo("peer");
      assertThat(socket.receive(0, datagram -> {})).isZero();
    }
  }

  @Test
  void aConnectedSocketSendsToNobodyElse() throws IOException {
    try (NewSocket socket = open(SMALL);
        DatagramSocket peer = peer();
        DatagramSocket stranger = peer()) {
      socket.connect((InetSocketAddress) peer.getLocalSocketAddress());

      assertThatThrownBy(
              () ->
                  socket.send(
                      ByteBuffer.allocate(1), (InetSocketAddress) stranger.getLocalSocketAddress()))
          .isInstanceOf(AlreadyConnectedException.class);
    }
  }

  @Test
  void aRefusedPortIsTold() throws IOException {
    InetSocketAddress nobody;
    try (DatagramSocket peer = peer()) {
      nobody = (InetSocketAddress) peer.getLocalSocketAddress();
    }
    try (NewSocket socket = open(SMALL)) {
      socket.connect(nobody);
      socket.send(ByteBuffer.allocate(1), nobody);

      assertThatThrownBy(() -> socket.receive(10 * SECOND_NS, datagram -> {}))
          .isInstanceOf(PortUnreachableException.class);
    }
  }

  @Test
  void aPortThatIsTakenCannotBeBound() throws IOException {
    try (NewSocket first = bound()) {
      assertThatThrownBy(() -> bound(first.localAddress(), SMALL))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void anAddressOfAnotherHostCannotBeBound() {
    // RFC 5737: for documentation, of no host.
    assertThatThrownBy(() -> bound(new InetSocketAddress(address("192.0.2.1"), 0), SMALL))
        .isInstanceOf(BindException.class);
  }

  @Test
  void aNameThatWasNotResolvedIsRefused() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);

    assertThatIOException()
        .isThrownBy(() -> bound(unresolved, SMALL))
        .isInstanceOf(UnknownHostException.class)
        .withMessageContaining("nowhere.invalid");
  }

  @Test
  void aTimeoutHandsOverNothing() throws IOException {
    try (NewSocket socket = bound()) {
      long timeoutNs = Duration.ofMillis(30).toNanos();
      long startNs = CLOCK.monotonicNs();

      assertThat(socket.receive(timeoutNs, datagram -> {})).isZero();

      assertThat(CLOCK.monotonicNs() - startNs).isGreaterThanOrEqualTo(timeoutNs);
    }
  }

  @Test
  void aWakeUpEndsOneReceive() throws Exception {
    try (NewSocket socket = bound();
        DatagramSocket peer = peer()) {
      CompletableFuture<Integer> receiving = receivingForever(socket);
      socket.wakeUp();
      assertThat(receiving.get(10, TimeUnit.SECONDS)).isZero();

      socket.wakeUp();
      assertThat(socket.receive(UdpSocket.FOREVER_NS, datagram -> {})).isZero();

      send(peer, "after", socket.localAddress());
      assertThat(receive(socket).text()).isEqualTo("after");
    }
  }

  @Test
  void closingEndsAReceive() throws Exception {
    NewSocket socket = bound();
    CompletableFuture<Integer> receiving = receivingForever(socket);

    socket.close();

    assertThatThrownBy(() -> receiving.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ClosedChannelException.class);
  }

  @Test
  void theSinkMayCloseTheSocket() throws IOException {
    NewSocket socket = bound();
    try (DatagramSocket peer = peer()) {
      send(peer, "last", socket.localAddress());
    }
    List<String> texts = new ArrayList<>();

    int count =
        socket.receive(
            SECOND_NS,
            datagram -> {
              socket.close();
              texts.add(Seen.of(datagram).text());
            });

    assertThat(count).isOne();
    assertThat(texts).containsExactly("last");
  }

  @Test
  void aClosedSocketRefusesEverything() throws IOException {
    NewSocket socket = bound();
    InetSocketAddress self = socket.localAddress();
    socket.close();
    socket.close();
    socket.wakeUp();

    assertThatThrownBy(() -> socket.receive(0, datagram -> {}))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> socket.receive(UdpSocket.FOREVER_NS, datagram -> {}))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> socket.send(ByteBuffer.allocate(1), self))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(socket::localAddress).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(socket::transmitTimeNs).isInstanceOf(ClosedChannelException.class);
    try (DatagramSocket successor = new DatagramSocket(self)) {
      assertThat(successor.getLocalPort()).isEqualTo(self.getPort());
    }
  }

  @Test
  void anInterruptIsKeptAndDoesNotEndAReceive() throws Exception {
    try (NewSocket socket = bound();
        DatagramSocket peer = peer()) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    Thread.currentThread().interrupt();
                    try {
                      receive(socket);
                      interrupted.complete(Thread.currentThread().isInterrupted());
                    } catch (Throwable e) {
                      interrupted.completeExceptionally(e);
                    }
                  });
      thread.interrupt();
      send(peer, "x", socket.localAddress());

      assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void tenThousandDatagramsLoseNothing() throws IOException {
    UdpSettings settings = new UdpSettings(64, 32, OptionalInt.of(1 << 20));
    try (NewSocket socket = bound(LOOPBACK_4, settings);
        DatagramSocket peer = peer()) {
      int burst = 100;
      for (int i = 0; i < 10_000; i += burst) {
        for (int j = 0; j < burst; j++) {
          send(peer, String.valueOf(i + j), socket.localAddress());
        }
        assertThat(receive(socket, burst).getLast().text())
            .isEqualTo(String.valueOf(i + burst - 1));
      }
    }
  }

  @Test
  void closedSocketsLeaveNoDescriptorsBehind() throws IOException {
    bound().close();
    int before = descriptors();
    for (int i = 0; i < 200; i++) {
      bound().close();
      assertThatThrownBy(() -> bound(new InetSocketAddress(address("192.0.2.1"), 0), SMALL))
          .isInstanceOf(BindException.class);
    }
    // Other threads of this process may have opened a file or two meanwhile.
    assertThat(descriptors()).isLessThan(before + 50);
  }

  private static int descriptors() {
    return new File("/proc/self/fd").list().length;
  }

  @Test
  void theReceiveBufferIsAskedForAndReadBack() throws IOException {
    int bytes = 100_000;
    try (NewSocket socket = bound(LOOPBACK_4, new UdpSettings(64, 1, OptionalInt.of(bytes)))) {
      assertThat(socket.receiveBufferBytes()).isEqualTo(bytes);
    }
  }

  /** A receive on a thread of its own, which has begun when this returns. */
  private static CompletableFuture<Integer> receivingForever(UdpSocket socket) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    result.complete(socket.receive(UdpSocket.FOREVER_NS, datagram -> {}));
                  } catch (Throwable e) {
                    result.completeExceptionally(e);
                  }
                });
    assertThat(thread.isAlive() || result.isCompletedExceptionally()).isTrue();
    return result;
  }
}

package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carillon.core.udp.UdpSocketContract.CLOCK;
import static org.carillon.core.udp.UdpSocketContract.LOOPBACK_4;
import static org.carillon.core.udp.UdpSocketContract.LOOPBACK_6;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BroadcastTest {

  private static final String REFUSED = "nobody listens on that port";

  private final List<DatagramSocket> peers = new ArrayList<>();

  @AfterEach
  void close() {
    peers.forEach(DatagramSocket::close);
  }

  private DatagramSocket peer(InetSocketAddress loopback) throws IOException {
    DatagramSocket peer = new DatagramSocket(loopback);
    peer.setSoTimeout(10_000);
    peers.add(peer);
    return peer;
  }

  private DatagramSocket peer() throws IOException {
    return peer(LOOPBACK_4);
  }

  private static InetSocketAddress address(DatagramSocket peer) {
    return (InetSocketAddress) peer.getLocalSocketAddress();
  }

  private static InetSocketAddress dead(InetSocketAddress loopback) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(loopback)) {
      return address(socket);
    }
  }

  /** A port that is taken, so that nobody else gets it, but only for what one other port sends. */
  private InetSocketAddress refusing(InetSocketAddress loopback) throws IOException {
    DatagramSocket taken = peer(loopback);
    InetSocketAddress address = address(taken);
    taken.connect(new InetSocketAddress(loopback.getAddress(), 9));
    return address;
  }

  private static ByteBuffer datagram(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static String next(DatagramSocket peer) throws IOException {
    byte[] bytes = next(peer, 2_048);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] next(DatagramSocket peer, int bytesMax) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[bytesMax], bytesMax);
    peer.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private static void none(int receiver, String reason) {
    throw new AssertionError("receiver " + receiver + ": " + reason);
  }

  /** What a send tells of. */
  private static Map<Integer, String> send(Broadcast broadcast, ByteBuffer datagram) {
    Map<Integer, String> told = new TreeMap<>();
    assertThat(broadcast.send(datagram, onceInto(told))).isEqualTo(told.size());
    return told;
  }

  private static Map<Integer, String> send(Broadcast broadcast, String text) {
    return send(broadcast, datagram(text));
  }

  private static Map<Integer, String> refusals(Broadcast broadcast) {
    Map<Integer, String> told = new TreeMap<>();
    broadcast.checkRefusals(onceInto(told));
    return told;
  }

  private static Broadcast.Failures onceInto(Map<Integer, String> told) {
    return (receiver, reason) ->
        assertThat(told.put(receiver, reason)).as("told before of %s", receiver).isNull();
  }

  @ParameterizedTest(name = "{0} receivers")
  @ValueSource(ints = {1, 2, 16, 1_100})
  void everyReceiverGetsEveryDatagram(int receivers) throws IOException {
    List<DatagramSocket> sockets = new ArrayList<>();
    // The same few sockets again and again: descriptors are limited.
    for (int i = 0; i < Math.min(receivers, 16); i++) {
      sockets.add(peer());
    }
    List<InetSocketAddress> addresses =
        IntStream.range(0, receivers)
            .mapToObj(i -> address(sockets.get(i % sockets.size())))
            .toList();
    try (Broadcast broadcast = Broadcast.to(addresses, true)) {
      for (String text : List.of("one", "two")) {
        assertThat(broadcast.send(datagram(text), BroadcastTest::none)).isZero();
      }
    }
    for (String text : List.of("one", "two")) {
      for (int i = 0; i < receivers; i++) {
        assertThat(next(sockets.get(i % sockets.size()))).isEqualTo(text);
      }
    }
  }

  @Test
  void bothFamiliesAreReachedWithOneSend() throws IOException {
    List<DatagramSocket> sockets = List.of(peer(), peer(LOOPBACK_6), peer(), peer(LOOPBACK_6));
    try (Broadcast broadcast =
        Broadcast.to(sockets.stream().map(BroadcastTest::address).toList(), true)) {
      broadcast.send(datagram("x"), BroadcastTest::none);

      for (DatagramSocket socket : sockets) {
        assertThat(next(socket)).isEqualTo("x");
      }
      assertThat(broadcast.transmitTimeNs()).isNotEqualTo(Broadcast.UNKNOWN);
    }
  }

  @Test
  void whatIsBetweenPositionAndLimitIsSentAndBothStay() throws IOException {
    DatagramSocket socket = peer();
    try (Broadcast broadcast = Broadcast.to(List.of(address(socket)), false)) {
      for (ByteBuffer buffer : List.of(ByteBuffer.allocate(9), ByteBuffer.allocateDirect(9))) {
        buffer.put("123456789".getBytes(StandardCharsets.UTF_8)).position(2).limit(6);
        broadcast.send(buffer, BroadcastTest::none);

        assertThat(next(socket)).isEqualTo("3456");
        assertThat(buffer.position()).isEqualTo(2);
        assertThat(buffer.limit()).isEqualTo(6);
      }
      broadcast.send(ByteBuffer.allocate(0), BroadcastTest::none);
      assertThat(next(socket)).isEmpty();
    }
  }

  @Test
  void theLongestDatagramArrivesAndALongerOneIsToldOfForEachReceiver() throws IOException {
    List<DatagramSocket> sockets = List.of(peer(), peer());
    byte[] longest = new byte[65_507];
    longest[longest.length - 1] = 7;
    try (Broadcast broadcast =
        Broadcast.to(sockets.stream().map(BroadcastTest::address).toList(), true)) {
      for (int bytes : new int[] {65_508, 65_536, 70_000}) {
        assertThat(send(broadcast, ByteBuffer.allocateDirect(bytes)))
            .isEqualTo(Map.of(0, "Message too long", 1, "Message too long"));
        assertThat(broadcast.transmitTimeNs()).isEqualTo(Broadcast.UNKNOWN);
      }
      long beforeNs = CLOCK.realtimeNs();
      assertThat(broadcast.send(ByteBuffer.wrap(longest), BroadcastTest::none)).isZero();
      for (DatagramSocket socket : sockets) {
        assertThat(next(socket, 65_536)).isEqualTo(longest);
      }
      assertThat(broadcast.transmitTimeNs()).isGreaterThanOrEqualTo(beforeNs);
    }
  }

  @ParameterizedTest(name = "dead: {0}")
  @ValueSource(strings = {"first", "middle", "last"})
  void aRefusalIsToldOfTheReceiverThatRefusedAndTheOthersGetEverything(String where)
      throws IOException {
    for (InetSocketAddress loopback : List.of(LOOPBACK_4, LOOPBACK_6)) {
      List<DatagramSocket> living = List.of(peer(), peer(LOOPBACK_6), peer());
      List<InetSocketAddress> addresses =
          new ArrayList<>(living.stream().map(BroadcastTest::address).toList());
      int dead =
          switch (where) {
            case "first" -> 0;
            case "middle" -> 1;
            default -> living.size();
          };
      addresses.add(dead, refusing(loopback));
      int sends = 20;
      int refusals = 0;
      try (Broadcast broadcast = Broadcast.to(addresses, true)) {
        for (int i = 0; i < sends; i++) {
          long beforeNs = CLOCK.realtimeNs();
          Map<Integer, String> told = send(broadcast, String.valueOf(i));
          assertThat(broadcast.transmitTimeNs()).isBetween(beforeNs, CLOCK.realtimeNs());
          assertThat(Map.of(dead, REFUSED)).containsAllEntriesOf(told);
          refusals += told.size();
        }
        Map<Integer, String> told = refusals(broadcast);
        assertThat(Map.of(dead, REFUSED)).containsAllEntriesOf(told);
        refusals += told.size();
        assertThat(refusals(broadcast)).isEmpty();
      }
      assertThat(refusals).isEqualTo(sends);
      for (DatagramSocket socket : living) {
        for (int i = 0; i < sends; i++) {
          assertThat(next(socket)).isEqualTo(String.valueOf(i));
        }
      }
    }
  }

  @Test
  void manyThatRefuseAreToldOfOneByOne() throws IOException {
    DatagramSocket living = peer();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      addresses.add(refusing(i % 2 == 0 ? LOOPBACK_4 : LOOPBACK_6));
    }
    addresses.add(address(living));
    try (Broadcast broadcast = Broadcast.to(addresses, false)) {
      for (int i = 0; i < 10; i++) {
        Map<Integer, String> told = send(broadcast, String.valueOf(i));
        assertThat(told.keySet())
            .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
        assertThat(told.values()).containsOnly(REFUSED);
        assertThat(next(living)).isEqualTo(String.valueOf(i));
      }
    }
  }

  @Test
  void aReceiverWithoutAWayToItIsToldOfAndTheOthersGetTheirs() throws IOException {
    DatagramSocket first = peer();
    DatagramSocket last = peer();
    // A broadcast address, for which a socket needs to ask, and port 0, which nobody has.
    List<InetSocketAddress> addresses =
        List.of(
            address(first),
            new InetSocketAddress(UdpSocketContract.address("255.255.255.255"), 9),
            new InetSocketAddress(LOOPBACK_4.getAddress(), 0),
            address(last));
    try (Broadcast broadcast = Broadcast.to(addresses, true)) {
      for (int i = 0; i < 3; i++) {
        Map<Integer, String> told = send(broadcast, "x");

        assertThat(told.keySet()).containsExactly(1, 2);
        assertThat(told.get(2)).isEqualTo("Invalid argument");
        assertThat(next(first)).isEqualTo("x");
        assertThat(next(last)).isEqualTo("x");
      }
    }
  }

  @Test
  void aReceiverThatComesBackIsToldOfNoMore() throws IOException {
    InetSocketAddress address = dead(LOOPBACK_4);
    try (Broadcast broadcast = Broadcast.to(List.of(address), true)) {
      assertThat(send(broadcast, "nobody hears this")).isEmpty();
      assertThat(send(broadcast, "nor this")).containsEntry(0, REFUSED);
      DatagramSocket socket = peer(address);
      assertThat(send(broadcast, "back")).containsEntry(0, REFUSED);
      assertThat(next(socket)).isEqualTo("back");
      assertThat(send(broadcast, "for good")).isEmpty();
      assertThat(next(socket)).isEqualTo("for good");
    }
  }

  @Test
  void theWildcardAddressIsThisHost() throws IOException {
    int port = dead(LOOPBACK_4).getPort();
    try (Broadcast broadcast = Broadcast.to(List.of(new InetSocketAddress(port)), false)) {
      send(broadcast, "x");
      assertThat(send(broadcast, "x")).containsEntry(0, REFUSED);
    }
  }

  @Test
  void theTransmitTimeIsThatOfTheLastSend() throws IOException {
    DatagramSocket first = peer();
    DatagramSocket second = peer();
    try (Broadcast broadcast = Broadcast.to(List.of(address(first), address(second)), true)) {
      assertThat(broadcast.transmitTimeNs()).isEqualTo(Broadcast.UNKNOWN);
      for (int i = 0; i < 1_000; i++) {
        long beforeNs = CLOCK.realtimeNs();
        send(broadcast, "x");
        long afterNs = CLOCK.realtimeNs();
        // Now and then nobody asks.
        if (i % 7 < 3) {
          assertThat(broadcast.transmitTimeNs()).isBetween(beforeNs, afterNs);
          assertThat(broadcast.transmitTimeNs()).isBetween(beforeNs, afterNs);
        }
        next(first);
        next(second);
      }
    }
  }

  @Test
  void refusalsNobodyAskedForDoNotGatherInTheErrorQueue() throws IOException {
    DatagramSocket living = peer();
    List<InetSocketAddress> addresses = List.of(refusing(LOOPBACK_4), address(living));
    try (Broadcast broadcast = Broadcast.to(addresses, false)) {
      for (int i = 0; i < 2_000; i++) {
        assertThat(send(broadcast, "x")).containsOnlyKeys(0);
        next(living);
      }
      assertThat(refusals(broadcast)).isEmpty();
    }
  }

  @Test
  void stampsThatNobodyTakesDoNotHideRefusals() throws IOException {
    DatagramSocket living = peer();
    try (Broadcast broadcast = Broadcast.to(List.of(address(living), refusing(LOOPBACK_4)), true)) {
      int refusals = 0;
      int sends = 5_000;
      for (int i = 0; i < sends; i++) {
        refusals += send(broadcast, "x").size();
        next(living);
      }
      assertThat(refusals).isEqualTo(sends - 1);
    }
  }

  @Test
  void gettingReadySendsNothingAndTakesNoRefusalAway() throws IOException {
    DatagramSocket peer = peer();
    InetSocketAddress gone = dead(LOOPBACK_4);
    try (Broadcast broadcast = Broadcast.to(List.of(address(peer), gone), true)) {
      broadcast.prepare();
      send(broadcast, "first");
      broadcast.prepare();
      assertThat(refusals(broadcast)).isEqualTo(Map.of(1, REFUSED));
      send(broadcast, "second");
    }
    assertThat(next(peer)).isEqualTo("first");
    assertThat(next(peer)).isEqualTo("second");
  }

  @Test
  void whoWantsNoTransmitTimesGetsNone() throws IOException {
    DatagramSocket socket = peer();
    try (Broadcast broadcast = Broadcast.to(List.of(address(socket)), false)) {
      send(broadcast, "x");

      assertThat(broadcast.transmitTimeNs()).isEqualTo(Broadcast.UNKNOWN);
    }
  }

  @Test
  void whereTheKernelIsNotToStampItIsNotAskedForTransmitTimesEither() throws IOException {
    DatagramSocket socket = peer();
    System.setProperty(StampChoice.PROPERTY, "user");
    try (Broadcast broadcast = Broadcast.to(List.of(address(socket)), true)) {
      assertThat(send(broadcast, "x")).isEmpty();
      assertThat(next(socket)).isEqualTo("x");
      assertThat(broadcast.transmitTimeNs()).isEqualTo(Broadcast.UNKNOWN);
    } finally {
      System.clearProperty(StampChoice.PROPERTY);
    }
  }

  @Test
  void aNameThatWasNotResolvedIsRefused() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);

    assertThatIOException()
        .isThrownBy(() -> Broadcast.to(List.of(unresolved), false))
        .isInstanceOf(UnknownHostException.class)
        .withMessageContaining("nowhere.invalid");
  }

  @Test
  void nobodyIsToldOfIfThereIsNobody() throws IOException {
    try (Broadcast broadcast = Broadcast.to(Collections.emptyList(), true)) {
      assertThat(send(broadcast, "x")).isEmpty();
      assertThat(broadcast.transmitTimeNs()).isEqualTo(Broadcast.UNKNOWN);
    }
  }

  @Test
  void closedOnesSendNothingAndLeaveNoDescriptorsBehind() throws IOException {
    List<InetSocketAddress> addresses = List.of(address(peer()));
    Broadcast.to(addresses, true).close();
    int before = new File("/proc/self/fd").list().length;
    for (int i = 0; i < 200; i++) {
      Broadcast broadcast = Broadcast.to(addresses, true);
      broadcast.close();
      broadcast.close();
      assertThatThrownBy(() -> send(broadcast, "x")).isInstanceOf(IllegalStateException.class);
    }
    // Other threads of this process may have opened a file or two meanwhile.
    assertThat(new File("/proc/self/fd").list().length).isLessThan(before + 50);
  }
}

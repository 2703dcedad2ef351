package org.carillon.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SimulatedClock;
import org.carillon.core.time.SystemClock;
import org.carillon.ntp.Await;
import org.carillon.ntp.ChronoTickPoller;
import org.carillon.ntp.TimeKeeper;
import org.carillon.ntp.wire.NtpPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeServerTest {

  private static final SystemClock CLOCK = new SystemClock();
  private static final long AHEAD_NS = 250_000_000;
  private static final TimeKeeper.Settings QUICK =
      new TimeKeeper.Settings(Duration.ofMillis(20), Duration.ofMillis(300), 50);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<SampleRow> samples = new CopyOnWriteArrayList<>();

  private record Reply(int status, String contentType, String body) {}

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private static ClockSource ahead() {
    return new SimulatedClock(
        CLOCK, new SimulatedClock.Errors(AHEAD_NS, 0, 0, 0), CLOCK.realtimeNs());
  }

  private TimeServer server(
      ClockSource clock,
      String address,
      List<HostPort> upstream,
      OptionalInt localStratum,
      OptionalDouble rateLimit)
      throws IOException {
    TimeServer server =
        TimeServer.start(
            clock,
            new TimeServer.Settings(
                List.of(InetAddress.getByName(address)),
                0,
                OptionalInt.of(0),
                upstream,
                localStratum,
                rateLimit,
                QUICK));
    open.add(server);
    return server;
  }

  private TimeServer local(String address) throws IOException {
    return server(ahead(), address, List.of(), OptionalInt.of(8), OptionalDouble.empty());
  }

  private TimeServer following(HostPort upstream) throws IOException {
    return server(
        CLOCK, "127.0.0.1", List.of(upstream), OptionalInt.empty(), OptionalDouble.empty());
  }

  private TimeKeeper client(HostPort server) {
    TimeKeeper keeper = TimeKeeper.start(CLOCK, List.of(server), QUICK, samples::add);
    open.add(keeper);
    return keeper;
  }

  private static Reply http(TimeServer server, String method, String path, String body)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + server.httpPort().orElseThrow() + path)
                .toURL()
                .openConnection();
    connection.setRequestMethod(method);
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
    int status = connection.getResponseCode();
    InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    return new Reply(
        status, connection.getContentType(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aKnownOffsetIsMeasuredOverIpv4AndIpv6(String address) throws IOException {
    TimeServer server = local(address);
    TimeKeeper keeper = client(new HostPort(address, server.port()));
    Await.until("samples", () -> samples.size() >= 8);
    MeasuredOffset offset = Await.value("an offset", () -> keeper.at(Moment.now(CLOCK)).ntp());
    // The interval is what the delay of the best exchange justifies; the truth must be inside.
    assertThat(offset.offsetNs()).isCloseTo(AHEAD_NS, within(offset.uncertaintyNs()));
    assertThat(samples)
        .filteredOn(SampleRow::accepted)
        .isNotEmpty()
        .allSatisfy(sample -> assertThat(sample.stratum()).isEqualTo(OptionalInt.of(8)));
  }

  @Test
  void aServerThatFollowsAnotherPassesItsTimeAndItsErrorOn() throws IOException {
    TimeServer first = local("127.0.0.1");
    TimeServer second = following(new HostPort("127.0.0.1", first.port()));
    TimeKeeper keeper = client(new HostPort("127.0.0.1", second.port()));
    Await.until(
        "the second server follows the first",
        () -> samples.stream().filter(SampleRow::accepted).count() > 5);
    SampleRow last = samples.getLast();
    assertThat(last.stratum()).isEqualTo(OptionalInt.of(9));
    assertThat(last.rootDelayNs().orElseThrow()).isPositive();
    Moment now = Moment.now(CLOCK);
    long nowNs = now.localNs();
    Reading reading = keeper.at(now).reading().orElseThrow();
    assertThat(nowNs + AHEAD_NS).isBetween(reading.earliestNs(), reading.latestNs());
  }

  @Test
  void aServerWithoutUpstreamSaysThatItIsUnsynchronized() throws IOException {
    TimeServer lost = following(new HostPort("no-such-host.invalid", 123));
    TimeKeeper keeper = client(new HostPort("127.0.0.1", lost.port()));
    Await.until("an answer", () -> !samples.isEmpty());
    assertThat(samples.getFirst().verdict()).isEqualTo("unsynchronized server");
    assertThat(keeper.at(Moment.now(CLOCK)).status()).isEqualTo(ClockStatus.UNSYNCHRONIZED);
    assertThat(http(lost, "GET", "/healthz", ""))
        .isEqualTo(new Reply(503, "text/plain; charset=utf-8", "unsynchronized\n"));
    assertThat(http(lost, "POST", "/get_time", "{}").status()).isEqualTo(503);
    assertThat(http(lost, "GET", "/metrics", "").body())
        .contains("carillon_timeserver_stratum 16\n", "carillon_timeserver_leap 3\n")
        .doesNotContain("\ncarillon_timeserver_offset_seconds ");
  }

  @Test
  void whoAsksIsToldWhenTheAnswerBeforeLeft() throws IOException {
    for (String address : List.of("127.0.0.1", "::1")) {
      samples.clear();
      TimeServer server = local(address);
      TimeKeeper keeper = client(new HostPort(address, server.port()));
      Await.until(
          "an interleaved answer",
          () ->
              samples.stream()
                  .anyMatch(
                      sample ->
                          sample.accepted()
                              && sample.mode().equals(Optional.of(SampleRow.Mode.INTERLEAVED))));
      // Both have the same clock, and the server's is ahead: all four stamps stand in order.
      SampleRow sample =
          samples.stream()
              .filter(one -> one.mode().equals(Optional.of(SampleRow.Mode.INTERLEAVED)))
              .findFirst()
              .orElseThrow();
      assertThat(sample.t2Ns().orElseThrow()).isLessThan(sample.t3Ns().orElseThrow());
      assertThat(sample.t3Ns().orElseThrow() - AHEAD_NS)
          .isLessThanOrEqualTo(sample.t4Ns().orElseThrow() + 1);
      keeper.close();
    }
  }

  @Test
  void garbageIsCountedAndNotAnswered() throws IOException {
    TimeServer server = local("127.0.0.1");
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      SplittableRandom random = new SplittableRandom(7);
      int sent = 500;
      for (int i = 0; i < sent; i++) {
        byte[] bytes = new byte[random.nextInt(1_400)];
        random.nextBytes(bytes);
        if (bytes.length > 0) {
          bytes[0] = (byte) (bytes[0] & ~7 | 4);
        }
        send(socket, server, bytes);
      }
      Await.until(
          "all are counted",
          () -> server.totals().malformed() + server.totals().notFromClient() == sent);
      send(socket, server, NtpPacket.request(99).bytes());
      DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
      socket.setSoTimeout(10_000);
      socket.receive(answer);
      assertThat(
              NtpPacket.parse(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()))
                  .orElseThrow()
                  .origin())
          .as("the first answer is to the one good request")
          .isEqualTo(99);
    }
    Await.until("the answer is counted", () -> server.totals().answers() == 1);
  }

  private static void send(DatagramSocket socket, TimeServer server, byte[] bytes)
      throws IOException {
    socket.send(
        new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), server.port()));
  }

  @Test
  void aClientOverItsRateIsToldSo() throws IOException {
    TimeServer server =
        server(ahead(), "127.0.0.1", List.of(), OptionalInt.of(8), OptionalDouble.of(2));
    client(new HostPort("127.0.0.1", server.port()));
    Await.until(
        "the kiss of death",
        () -> samples.stream().anyMatch(s -> s.verdict().equals("kiss of death RATE")));
    assertThat(server.totals().kisses()).isPositive();
    assertThat(http(server, "GET", "/metrics", "").body())
        .containsPattern("carillon_timeserver_kod_total [1-9]");
  }

  @Test
  void theTimeIsInTheFormThatChronoTickClientsExpect() throws IOException {
    TimeServer first = local("127.0.0.1");
    TimeServer second = following(new HostPort("127.0.0.1", first.port()));
    Await.until("it follows", () -> second.status() == ClockStatus.SYNCHRONIZED);
    Reply reply = http(second, "POST", "/get_time", "{}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
    JsonNode json = new JsonMapper().readTree(reply.body());
    double offsetMs = json.get("offset_ms").doubleValue();
    assertThat(offsetMs).isCloseTo(250, within(3 * json.get("uncertainty_ms").doubleValue()));
    assertThat(json.get("latest_ns").longValue() - json.get("earliest_ns").longValue())
        .isPositive();
    ChronoTickPoller poller =
        ChronoTickPoller.start(
            URI.create("http://127.0.0.1:" + second.httpPort().orElseThrow()),
            CLOCK,
            Duration.ofMillis(50));
    open.add(poller);
    MeasuredOffset own = Await.value("our own client reads it", () -> poller.at(CLOCK.nowNs()));
    assertThat(own.offsetNs()).isCloseTo(AHEAD_NS, within(3 * own.uncertaintyNs()));
  }

  @Test
  void httpRefusesWhatItDoesNotServe() throws IOException {
    TimeServer server = local("127.0.0.1");
    assertThat(http(server, "GET", "/get_time", "").status()).isEqualTo(405);
    assertThat(http(server, "POST", "/healthz", "{}").status()).isEqualTo(405);
    assertThat(http(server, "DELETE", "/metrics", "").status()).isEqualTo(405);
    assertThat(http(server, "GET", "/", "").status()).isEqualTo(404);
    assertThat(http(server, "GET", "/metrics/../x", "").status()).isEqualTo(404);
    assertThat(http(server, "POST", "/get_time", " ".repeat(20_000)).status()).isEqualTo(413);
    assertThat(http(server, "POST", "/get_time", "").status()).isEqualTo(200);
    assertThat(http(server, "GET", "/healthz", ""))
        .isEqualTo(new Reply(200, "text/plain; charset=utf-8", "synchronized\n"));
  }

  @Test
  void everyMetricHasItsHelpAndItsTypeOnce() throws IOException {
    List<String> lines = http(local("127.0.0.1"), "GET", "/metrics", "").body().lines().toList();
    for (Metric metric : Metric.values()) {
      assertThat(lines)
          .filteredOn(line -> line.startsWith("# HELP " + metric.fullName() + " "))
          .hasSize(1);
      assertThat(lines)
          .filteredOn(line -> line.matches("# TYPE " + metric.fullName() + " (counter|gauge)"))
          .hasSize(1);
      assertThat(lines)
          .filteredOn(line -> line.matches(metric.fullName() + "(\\{.*\\})? -?[0-9.]+"))
          .isNotEmpty();
    }
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("#"))
        .allMatch(
            line ->
                Arrays.stream(Metric.values())
                    .anyMatch(metric -> line.split("[{ ]")[0].equals(metric.fullName())));
  }

  @Test
  void everyMetricIsDocumented() {
    assertThat(java.nio.file.Path.of("..", "docs", "timeserver.md"))
        .content()
        .contains(Arrays.stream(Metric.values()).map(Metric::fullName).toList());
  }

  @Test
  void aPortInUseIsOneSentenceAndConnection() throws IOException {
    TimeServer first = local("127.0.0.1");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> start(first.port(), OptionalInt.empty()))
          .isInstanceOfSatisfying(
              CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONNECTION))
          .hasMessage(
              "UDP 127.0.0.1:"
                  + first.port()
                  + " is in use by another program: stop that one, or choose another --port.");
      assertThatThrownBy(() -> start(0, OptionalInt.of(taken.getLocalPort())))
          .isInstanceOf(CarillonException.class)
          .hasMessageStartingWith("TCP 127.0.0.1:" + taken.getLocalPort() + " is in use");
    }
  }

  private void start(int port, OptionalInt httpPort) throws IOException {
    open.add(
        TimeServer.start(
            CLOCK,
            new TimeServer.Settings(
                List.of(InetAddress.getByName("127.0.0.1")),
                port,
                httpPort,
                List.of(),
                OptionalInt.of(8),
                OptionalDouble.empty(),
                QUICK)));
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() {
    assertThatThrownBy(
            () ->
                server(CLOCK, "203.0.113.7", List.of(), OptionalInt.of(8), OptionalDouble.empty()))
        .isInstanceOfSatisfying(
            CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("check --bind");
  }

  @Test
  void aPrivilegedPortIsExplained() throws IOException {
    // Root may bind it, so the explanation is asked for directly.
    assertThat(
            BindFault.explain(
                "UDP",
                "--port",
                new java.net.InetSocketAddress(InetAddress.getByName("0.0.0.0"), 123),
                new java.net.BindException("Permission denied")))
        .hasMessage(
            "UDP 0.0.0.0:123 is a privileged port, open to root or with the capability"
                + " CAP_NET_BIND_SERVICE: choose a --port from 1024 up.");
  }

  @Test
  void settingsNeedExactlyOneSource() {
    assertThatThrownBy(
            () ->
                server(CLOCK, "127.0.0.1", List.of(), OptionalInt.empty(), OptionalDouble.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStopEndsTheWaits() throws Exception {
    TimeServer lost = following(new HostPort("no-such-host.invalid", 123));
    Thread.ofVirtual().start(lost::stop);
    assertThat(lost.awaitSynchronized()).isFalse();
    lost.awaitStop();
  }
}

package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.core.ExitCode;
import org.carillon.core.LongEnough;
import org.carillon.core.net.FreePort;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.ntp.TimeKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The time server of the distribution, with chronyd and ntpdate as clients and chronyd as server.
 */
class TimeserverIT {

  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final String AHEAD = "simulated:offset=250ms";
  private static final double AHEAD_S = 0.25;

  /** chronyd refuses samples with a longer delay, so its error is at most half of it. */
  private static final double DELAY_MAX_S = 0.1;

  @TempDir private Path temporary;

  /** A running time server and what its ready file says. */
  private record Serving(Program.Running running, int port, int httpPort) implements AutoCloseable {
    @Override
    public void close() {
      running.close();
    }
  }

  private Serving serve(Object... arguments) {
    Path readyFile = temporary.resolve("ready-" + System.nanoTime());
    Program.Running running =
        Program.named("timeserver")
            .with("--port", 0, "--http-port", 0, "--ready-file", readyFile)
            .with(arguments)
            .start();
    Program.await(
        "the ready file; " + running.err(),
        DEADLINE,
        () -> Files.exists(readyFile) || !running.process().isAlive());
    JsonNode ready = json(readyFile);
    assertThat(ready.get("clock").asText()).isEqualTo("synchronized");
    return new Serving(running, ready.get("port").intValue(), ready.get("http_port").intValue());
  }

  private static JsonNode json(Path file) {
    try {
      return new JsonMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What chronyd says that the system clock is wrong by, in s. */
  private static double askChronyd(String address, int port) {
    Program.Result result =
        Program.command(
            "chronyd",
            "-Q",
            "-t",
            "30",
            "-U",
            "server " + address + " port " + port + " iburst maxdelay " + DELAY_MAX_S);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    Matcher wrong =
        Pattern.compile("System clock wrong by (-?[0-9.]+) seconds")
            .matcher(result.out() + result.err());
    assertThat(wrong.find()).as(result.out() + result.err()).isTrue();
    return Double.parseDouble(wrong.group(1));
  }

  @ParameterizedTest(name = "over {0}")
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void chronydAcceptsItAndMeasuresItsKnownOffset(String address) {
    try (Serving server = serve("--local-stratum", 8, "--clock", AHEAD)) {
      assertThat(askChronyd(address, server.port())).isCloseTo(AHEAD_S, within(DELAY_MAX_S / 2));
    }
  }

  @Test
  void chronydAcceptsAServerThatFollowsAnother() {
    try (Serving first = serve("--local-stratum", 8, "--clock", AHEAD);
        Serving second = serve("--upstream", "127.0.0.1:" + first.port())) {
      assertThat(askChronyd("127.0.0.1", second.port()))
          .isCloseTo(AHEAD_S, within(DELAY_MAX_S / 2));
    }
  }

  @Test
  void ntpdateAcceptsItAndMeasuresItsKnownOffset() {
    // ntpdate asks port 123 only. In a network namespace of its own that is free for everybody.
    Path readyFile = temporary.resolve("ready");
    String script =
        """
        ip link set lo up
        "$1" --local-stratum 8 --clock "$2" --port 123 --ready-file "$3" & server=$!
        while kill -0 $server && [ ! -e "$3" ]; do sleep 0.1; done
        ntpdate -q 127.0.0.1; result=$?
        kill -TERM $server; wait $server; echo "server ended with $?"
        exit $result
        """;
    Program.Result result =
        Program.command(
            "unshare",
            "--user",
            "--map-root-user",
            "--net",
            "sh",
            "-c",
            script,
            "sh",
            Program.home().resolve("bin/timeserver").toString(),
            AHEAD,
            readyFile.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    Matcher answer =
        Pattern.compile("([+-][0-9.]+) \\+/- ([0-9.]+) 127\\.0\\.0\\.1 s8 no-leap")
            .matcher(result.out());
    assertThat(answer.find()).as(result.out() + result.err()).isTrue();
    assertThat(Double.parseDouble(answer.group(1)))
        .as("within the error that ntpdate itself claims, which it prints in µs")
        .isCloseTo(AHEAD_S, within(Double.parseDouble(answer.group(2)) + 1e-6));
    assertThat(result.out()).contains("server ended with 0", "1 requests, 1 answered");
  }

  @Test
  void chronydRefusesAServerThatHasLostItsUpstream() throws IOException {
    Program.Running lost =
        Program.named("timeserver")
            .with("--port", 0, "--upstream", "no-such-host.invalid")
            .with("--bind", "127.0.0.1", "--http-port", 0)
            .start();
    try (lost) {
      Matcher serving = awaitPorts(lost);
      Program.Result result =
          Program.command(
              "chronyd",
              "-Q",
              "-t",
              "5",
              "-U",
              "server 127.0.0.1 port " + serving.group(1) + " iburst");
      assertThat(result.exitCode()).isNotZero();
      assertThat(result.out() + result.err()).doesNotContain("wrong by");
      assertThat(get(Integer.parseInt(serving.group(2)), "/healthz")).isEqualTo(503);
      lost.signal("TERM");
      assertThat(lost.await(DEADLINE).exitCode()).isZero();
    }
    assertThat(lost.err()).contains("unresolvable name");
  }

  private static Matcher awaitPorts(Program.Running running) {
    Pattern ports = Pattern.compile("by NTP on port (\\d+), by HTTP on port (\\d+)");
    Program.await("it serves", DEADLINE, () -> ports.matcher(running.err()).find());
    Matcher matcher = ports.matcher(running.err());
    assertThat(matcher.find()).isTrue();
    return matcher;
  }

  private static int get(int port, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    return connection.getResponseCode();
  }

  private Program.Running chronyd(int port) throws IOException {
    return Chronyd.serving(Files.createDirectory(temporary.resolve("chrony")), port, 8);
  }

  @Test
  void ourClientMeasuresAChronyd() throws Exception {
    int port = FreePort.next();
    List<SampleRow> samples = new CopyOnWriteArrayList<>();
    ClockSource behind = ClockSpec.parse("simulated:offset=-40ms,drift_ppm=20");
    try (Program.Running chronyd = chronyd(port);
        TimeKeeper keeper =
            TimeKeeper.start(
                behind,
                List.of(new HostPort("127.0.0.1", port)),
                TimeKeeper.Settings.defaults(),
                samples::add)) {
      Program.await(
          "five accepted samples; " + chronyd.out(),
          DEADLINE,
          () -> samples.stream().filter(SampleRow::accepted).count() >= 5);
      Moment now = Moment.now(behind);
      long truthNs = now.realtimeNs();
      Reading reading = keeper.at(now).reading().orElseThrow();
      assertThat(truthNs).isBetween(reading.earliestNs(), reading.latestNs());
      assertThat(samples.getLast().stratum()).hasValue(8);
      assertThat(samples)
          .as("chronyd answers in interleaved mode from the third request on")
          .anyMatch(
              sample ->
                  sample.accepted()
                      && sample.mode().equals(Optional.of(SampleRow.Mode.INTERLEAVED)));
    }
  }

  @Test
  void itFollowsAChronydAndTellsTheOffsetByHttp() throws Exception {
    int port = FreePort.next();
    try (Program.Running chronyd = chronyd(port);
        Serving server =
            serve("--upstream", "127.0.0.1:" + port, "--clock", "simulated:offset=-40ms")) {
      assertThat(chronyd.process().isAlive()).isTrue();
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + server.httpPort() + "/get_time")
                  .toURL()
                  .openConnection();
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      connection.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
      JsonNode time = new JsonMapper().readTree(connection.getInputStream());
      assertThat(time.get("offset_ms").doubleValue())
          .isCloseTo(40, within(3 * time.get("uncertainty_ms").doubleValue()));
      assertThat(time.get("stratum").intValue()).isEqualTo(9);
    }
  }

  @Test
  void garbageIsCountedAndTheServerGoesOn() throws Exception {
    try (Serving server = serve("--local-stratum", 8, "--clock", AHEAD)) {
      try (DatagramSocket socket = new DatagramSocket()) {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 300; i++) {
          byte[] bytes = new byte[random.nextInt(1_400)];
          random.nextBytes(bytes);
          if (bytes.length > 0) {
            bytes[0] = (byte) (bytes[0] & ~7 | 5);
          }
          socket.send(
              new DatagramPacket(
                  bytes, bytes.length, InetAddress.getByName("127.0.0.1"), server.port()));
        }
      }
      assertThat(askChronyd("127.0.0.1", server.port()))
          .isCloseTo(AHEAD_S, within(DELAY_MAX_S / 2));
      server.running().signal("INT");
      Program.Result result = server.running().await(DEADLINE);
      assertThat(result.exitCode()).isZero();
      Matcher totals =
          Pattern.compile("(\\d+) malformed, (\\d+) not from clients").matcher(result.out());
      assertThat(totals.find()).as(result.out()).isTrue();
      assertThat(Integer.parseInt(totals.group(1)) + Integer.parseInt(totals.group(2)))
          .isEqualTo(300);
      assertThat(result.err()).doesNotContain("Exception");
    }
  }

  @Test
  void itEndsInGoodOrderWhenItsTimeIsOver() {
    Program.Result result =
        LongEnough.deadline(
            lifetime ->
                Program.named("timeserver")
                    .with("--local-stratum", 8, "--port", 0)
                    .with("--max-runtime", lifetime.toSeconds() + "s")
                    .run(),
            it -> it.exitCode() != ExitCode.TIMEOUT.code());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("0 requests");
  }

  @Test
  void aPortInUseIsOneSentence() throws IOException {
    try (DatagramSocket taken = new DatagramSocket()) {
      Path readyFile = Files.writeString(temporary.resolve("ready"), "of an earlier run");
      Program.Result result =
          Program.named("timeserver")
              .with("--local-stratum", 8, "--port", taken.getLocalPort())
              .with("--ready-file", readyFile)
              .run();
      assertThat(result.exitCode()).isEqualTo(ExitCode.CONNECTION.code());
      assertThat(result.err())
          .isEqualTo(
              "timeserver: UDP 0.0.0.0:"
                  + taken.getLocalPort()
                  + " is in use by another program: stop that one, or choose another --port.\n");
      assertThat(readyFile).doesNotExist();
    }
  }

  @Test
  void aPrivilegedPortIsExplained() {
    // In a user namespace without a mapping nobody is root.
    Program.Result result =
        Program.command(
            "unshare",
            "--user",
            "--net",
            Program.home().resolve("bin/timeserver").toString(),
            "--local-stratum",
            "8",
            "--port",
            "123");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains("privileged port", "choose a --port from 1024 up.");
  }
}

package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChronoTickPollerTest {

  private static final SystemClock CLOCK = new SystemClock();
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private record Reply(int status, String body) {}

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Reply reply = new Reply(200, "{\"offset_ms\":1.25,\"uncertainty_ms\":0.4}");
  private HttpServer server;
  private ChronoTickPoller poller;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    poller =
        ChronoTickPoller.start(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), CLOCK, INTERVAL);
  }

  @AfterEach
  void stop() {
    poller.close();
    server.stop(0);
  }

  private boolean answered() {
    return poller.at(CLOCK.nowNs()).isPresent();
  }

  @Test
  void asksAsThePythonClientDoes() {
    assertThat(Await.value("an answer", () -> poller.at(CLOCK.nowNs())))
        .isEqualTo(new MeasuredOffset(1_250_000, 400_000));
    assertThat(requests.getFirst()).isEqualTo("POST /get_time {}");
  }

  @Test
  void aValuePastItsAgeIsGone() {
    Await.until("an answer", this::answered);
    poller.close();
    long nowNs = CLOCK.nowNs();
    assertThat(poller.at(nowNs + INTERVAL.toNanos() * 5)).isEmpty();
    assertThat(poller.at(nowNs - INTERVAL.toNanos() * 5)).isEmpty();
  }

  @Test
  void aFailedPollLeavesNothingAndALaterOneRecovers() {
    Await.until("an answer", this::answered);
    reply = new Reply(503, "");
    Await.until("the failure", () -> !answered());
    reply = new Reply(200, "{\"offset_ms\":-3,\"uncertainty_ms\":1}");
    assertThat(Await.value("the recovery", () -> poller.at(CLOCK.nowNs())))
        .isEqualTo(new MeasuredOffset(-3_000_000, 1_000_000));
  }

  @Test
  void aDeadServiceGivesNothing() {
    Await.until("an answer", this::answered);
    server.stop(0);
    Await.until("the failure", () -> !answered());
  }

  @Test
  void anEndlessAnswerIsRefused() {
    Await.until("an answer", this::answered);
    reply = new Reply(200, " ".repeat(100_000) + "{\"offset_ms\":1,\"uncertainty_ms\":1}");
    Await.until("the refusal", () -> !answered());
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "null",
        "{}",
        "{\"offset_ms\":1}",
        "{\"uncertainty_ms\":1}",
        "{\"offset_ms\":\"1\",\"uncertainty_ms\":1}",
        "{\"offset_ms\":true,\"uncertainty_ms\":1}",
        "{\"offset_ms\":NaN,\"uncertainty_ms\":1}",
        "{\"offset_ms\":1e400,\"uncertainty_ms\":1}",
        "{\"offset_ms\":1e999999999,\"uncertainty_ms\":1}",
        "{\"offset_ms\":1,\"uncertainty_ms\":0}",
        "{\"offset_ms\":1,\"uncertainty_ms\":-1}",
        "{\"offset_ms\":null,\"uncertainty_ms\":null}",
        "{\"error\":\"Daemon not running\"}"
      })
  void garbageIsRefused(String body) {
    assertThatThrownBy(() -> ChronoTickAnswer.parse(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }

  @Property
  void noBytesAreTakenForAnAnswer(@ForAll @Size(max = 200) byte[] bytes) {
    assertThatThrownBy(() -> ChronoTickAnswer.parse(bytes)).isInstanceOf(IOException.class);
  }

  @Test
  void furtherKeysAreIgnored() throws IOException {
    assertThat(
            ChronoTickAnswer.parse(
                "{\"offset_ms\":0.0000004,\"uncertainty_ms\":0.0000004,\"source\":\"fusion\"}"
                    .getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new MeasuredOffset(0, 1));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"ftp://host", "host:8124", "http:///x", "/get_time"})
  void anAddressThatIsNotHttpIsRefusedAtOnce(String address) {
    assertThatThrownBy(() -> ChronoTickPoller.start(URI.create(address), CLOCK, INTERVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write http://HOST:PORT");
  }
}

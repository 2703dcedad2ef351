package org.carillon.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.core.net.FreePort;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way of telling that a service is healthy, well and broken, of a service that runs. */
class ServiceHealthTest {

  @TempDir private static Path folder;
  private static Bench bench;

  @BeforeAll
  static void start() {
    bench = new Bench(folder);
    bench.serve("touch up\necho $$ >pid\nexec sleep 1000\n");
    try (Parcels parcels =
        new Parcels(ManifestScan.of(folder.resolve("build"), List.of("data")), folder)) {
      String id = parcels.manifest().id("echo");
      new Delivery(bench.load().deployable(), parcels, "nonce", new SystemClock(), said -> {})
          .deliver(bench.host("a"), id, Optional.empty(), Instant.EPOCH);
      bench.releases().swap(bench.host("a"), id);
    }
    Environment.check(
        bench.host("a"),
        bench.load().deployable(),
        1,
        1,
        Instant.ofEpochSecond(new SystemClock().realtimeNs() / 1_000_000_000L));
    bench.releases().start(bench.host("a"));
    bench.releases().awaitHealthy(bench.host("a"));
  }

  @AfterAll
  static void stop() {
    bench.stopAll();
  }

  private static Optional<String> complaint(String setting) {
    NodeRelease releases = new NodeRelease(bench.load("service.health." + setting).deployable());
    return releases.complaint(bench.host("a"));
  }

  @Test
  void byPidFile() throws IOException {
    assertThat(complaint("pid_file=pid")).isEmpty();
    assertThat(complaint("pid_file=none")).hasValue("none names no process");
    Files.writeString(bench.root("a").resolve("current/dead"), "999999999\n");
    assertThat(complaint("pid_file=dead")).hasValue("process 999999999 of dead does not live");
  }

  @Test
  void byPort() throws IOException {
    int port = FreePort.next();
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
      assertThat(complaint("port=" + port)).isEmpty();
    }
    assertThat(complaint("port=" + port)).hasValue("nothing listens on TCP port " + port);
  }

  @Test
  void byCommand() {
    assertThat(complaint("command=[test, -f, up]")).isEmpty();
    assertThat(complaint("command=[sh, -c, 'echo too warm >&2; exit 3']"))
        .hasValueSatisfying(
            said -> assertThat(said).startsWith("the health check sh: ").contains("3", "too warm"));
  }

  @Test
  void byHttp() throws IOException {
    AtomicInteger status = new AtomicInteger(204);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
    try {
      assertThat(complaint("http=" + url)).isEmpty();
      status.set(503);
      assertThat(complaint("http=" + url))
          .hasValueSatisfying(said -> assertThat(said).contains("503"));
    } finally {
      server.stop(0);
    }
    assertThat(complaint("http=" + url))
        .hasValueSatisfying(said -> assertThat(said).startsWith(url + " does not answer"));
  }
}

package org.carillon.ntp.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.carillon.core.CarillonException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of a time server: {@code POST /get_time}, {@code GET /healthz}, {@code GET
 * /metrics}. Each request has a virtual thread; a client that dawdles is cut off after ten seconds.
 */
final class HttpService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);
  private static final int BODY_BYTES_MAX = 16_384;

  /** Limits of the JDK's server, which has no other way to set them; a user's own ones win. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "10",
          "jdk.httpserver.maxConnections", "1000");

  static {
    LIMITS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }

  private final Map<String, Route> routes;
  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** An answer to a request. */
  record Page(int status, String contentType, String body) {
    static Page json(int status, String body) {
      return new Page(status, "application/json", body);
    }
  }

  /** What stands behind a path. */
  record Route(String method, Supplier<Page> page) {}

  /**
   * @param routes by path
   */
  HttpService(Map<String, Route> routes) {
    this.routes = Map.copyOf(routes);
  }

  /**
   * Binds an address and answers what comes to it.
   *
   * @return the port, which the system chose if 0 was asked for
   * @throws CarillonException if the address cannot be bound
   */
  int serve(InetSocketAddress address) {
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw BindFault.explain("TCP", "--http-port", address, e);
    }
    servers.add(server);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Page page = answer(exchange);
      byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page.contentType());
      exchange.sendResponseHeaders(page.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (RuntimeException e) {
      LOG.error("answering {}", exchange.getRequestURI(), e);
      throw e;
    }
  }

  private Page answer(HttpExchange exchange) throws IOException {
    Route route = routes.get(exchange.getRequestURI().getPath());
    if (route == null) {
      return Page.json(
          404, "{\"error\":\"there are " + routes.keySet().stream().sorted().toList() + "\"}\n");
    }
    if (!exchange.getRequestMethod().equals(route.method())) {
      exchange.getResponseHeaders().set("Allow", route.method());
      return Page.json(405, "{\"error\":\"only " + route.method() + " is allowed here\"}\n");
    }
    try (InputStream body = exchange.getRequestBody()) {
      if (body.readNBytes(BODY_BYTES_MAX + 1).length > BODY_BYTES_MAX) {
        return Page.json(413, "{\"error\":\"a body of at most 16 KiB, please\"}\n");
      }
    }
    return route.page().get();
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}

package org.carillon.ntp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.carillon.core.CarillonException;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.ntp.ClockPrecision;
import org.carillon.ntp.TimeKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running time server: NTP, and HTTP if asked for. */
public final class TimeServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimeServer.class);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

  private final ClockSource clock;
  private final TimeReference reference;
  private final Optional<TimeKeeper> keeper;
  private final Counters counters = new Counters();
  private final NtpServer ntp;
  private final HttpService http;
  private int port;
  private OptionalInt httpPort = OptionalInt.empty();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * What to serve, and where. Either {@code upstream} or {@code localStratum} is given.
   *
   * @param addresses of this host, at least one; the wildcard address stands for all of them
   * @param port UDP port for NTP; 0 lets the system choose
   * @param httpPort TCP port for HTTP, if it is wanted; 0 lets the system choose
   * @param upstream NTP servers to follow
   * @param localStratum stratum at which the local clock is served as it is, 1–15
   * @param rateLimit requests a second from one address; empty for no limit
   * @param polling how the upstream servers are polled
   */
  public record Settings(
      List<InetAddress> addresses,
      int port,
      OptionalInt httpPort,
      List<HostPort> upstream,
      OptionalInt localStratum,
      OptionalDouble rateLimit,
      TimeKeeper.Settings polling) {
    public Settings {
      addresses = List.copyOf(addresses);
      upstream = List.copyOf(upstream);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("a server needs an address");
      }
      if (upstream.isEmpty() == localStratum.isEmpty()) {
        throw new IllegalArgumentException("either upstream servers or a local stratum");
      }
    }
  }

  private TimeServer(ClockSource clock, Settings settings) {
    ClockPrecision precision = ClockPrecision.measure(clock);
    this.clock = clock;
    if (settings.localStratum().isPresent()) {
      this.keeper = Optional.empty();
      this.reference = new LocalReference(settings.localStratum().getAsInt(), precision);
    } else {
      TimeKeeper started =
          TimeKeeper.start(clock, settings.upstream(), settings.polling(), this::count);
      this.keeper = Optional.of(started);
      this.reference = new UpstreamReference(started, settings.upstream());
    }
    this.ntp =
        new NtpServer(
            clock,
            reference,
            precision,
            settings.rateLimit().stream().mapToObj(RateLimit::new).findFirst(),
            counters);
    this.http =
        new HttpService(
            Map.of(
                "/get_time", new HttpService.Route("POST", this::timePage),
                "/healthz", new HttpService.Route("GET", () -> Pages.health(servedNow())),
                "/metrics", new HttpService.Route("GET", () -> Pages.metrics(metrics()))));
  }

  /**
   * Starts serving and returns at once. A server that follows others answers "unsynchronized" until
   * the first of them has answered.
   *
   * @throws CarillonException if an address or a port cannot be used
   */
  public static TimeServer start(ClockSource clock, Settings settings) {
    TimeServer server = new TimeServer(clock, settings);
    try {
      server.bind(settings);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    LOG.info(
        "serving {} by NTP on port {}{}",
        server.reference.description(),
        server.port,
        server.httpPort.isPresent() ? ", by HTTP on port " + server.httpPort.getAsInt() : "");
    return server;
  }

  private void bind(Settings settings) {
    port = settings.port();
    httpPort = settings.httpPort();
    for (InetAddress address : settings.addresses()) {
      // If the system chooses, it chooses once: all addresses share the port.
      port = ntp.serve(new InetSocketAddress(address, port));
      if (httpPort.isPresent()) {
        httpPort = OptionalInt.of(http.serve(new InetSocketAddress(address, httpPort.getAsInt())));
      }
    }
  }

  private void count(SampleRow sample) {
    (sample.accepted() ? counters.samplesAccepted : counters.samplesRefused).increment();
  }

  private Optional<ServedTime> servedNow() {
    return reference.at(Moment.now(clock));
  }

  private HttpService.Page timePage() {
    Moment now = Moment.now(clock);
    return Pages.time(reference.at(now), now.localNs());
  }

  private String metrics() {
    return MetricsText.of(
        clock.specification(),
        ntp.stampedBy(),
        counters,
        servedNow(),
        keeper.map(TimeKeeper::falsetickers).orElse(List.of()).size());
  }

  /** The UDP port it answers on. */
  public int port() {
    return port;
  }

  /** The TCP port it answers on, if it does. */
  public OptionalInt httpPort() {
    return httpPort;
  }

  /** How good the time is that it serves. */
  public ClockStatus status() {
    return servedNow().map(ServedTime::status).orElse(ClockStatus.UNSYNCHRONIZED);
  }

  /** Waits until there is a time to serve; returns false if a stop is requested before. */
  public boolean awaitSynchronized() throws InterruptedException {
    while (stopped.getCount() > 0 && status() == ClockStatus.UNSYNCHRONIZED) {
      clock.sleep(LOOK_INTERVAL);
    }
    return stopped.getCount() > 0;
  }

  /** Requests a stop; whoever waits for it goes on. Any thread may call it, also more than once. */
  public void stop() {
    stopped.countDown();
  }

  /** Waits until a stop is requested. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** What it did so far. */
  public Totals totals() {
    return counters.totals();
  }

  /** Stops serving; the totals stay readable. */
  @Override
  public void close() {
    stop();
    ntp.close();
    http.close();
    keeper.ifPresent(TimeKeeper::close);
  }
}

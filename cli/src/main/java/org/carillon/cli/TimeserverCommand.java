package org.carillon.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSpec;
import org.carillon.ntp.TimeKeeper;
import org.carillon.ntp.server.TimeServer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "timeserver",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = {
      "timeserver --local-stratum=N [OPTION...]",
      "       timeserver --upstream=HOST[:PORT],... [OPTION...]"
    },
    description = {
      "Serves time to a cluster by NTP and HTTP.",
      "",
      "Answers NTP clients of version 3 and 4 on a UDP port, from the clock of this machine. The"
          + " clock is either right by decree (--local-stratum), so that nodes agree with each other"
          + " where nobody knows true time, or corrected by what other servers say (--upstream). It"
          + " is only read, never set, so nothing here needs root but a port below 1024.",
      "",
      "While no upstream server can be believed it answers 'unsynchronized', as NTP provides for,"
          + " and clients refuse it. The error bound that it serves grows with the time since the"
          + " last answer from upstream.",
      "",
      "With --http-port it also answers",
      "  POST /get_time  in the form of ChronoTick: offset_ms and uncertainty_ms,",
      "                  about the clock of this machine; offset_ms plus or",
      "                  minus 3 times uncertainty_ms holds the truth",
      "  GET /healthz    200 while there is a time to serve, else 503",
      "  GET /metrics    Prometheus text",
      "",
      "SIGTERM or SIGINT ends it: the totals are printed, and the exit code is 0. A port that is in"
          + " use is exit code 4, one that may not be used 5.",
      ""
    },
    sortOptions = false,
    footer = {
      "  A clock that all nodes can agree on, without any other server:",
      "    timeserver --local-stratum 8",
      "  Passing on the time of two servers, with health and metrics:",
      "    timeserver --upstream ntp1.example.org,ntp2.example.org --http-port 8124",
      "  Looking at it:",
      "    chronyd -Q -t 10 'server 127.0.0.1 port 8123 iburst'",
      "    curl -X POST -d '{}' http://127.0.0.1:8124/get_time",
      "  A clock that is wrong by a known amount, to test clients with:",
      "    timeserver --local-stratum 8 --clock simulated:offset=250ms --port 11123",
      "  On the standard port, without being root (once, as root:",
      "  sysctl net.ipv4.ip_unprivileged_port_start=123):",
      "    timeserver --local-stratum 8 --port 123"
    })
final class TimeserverCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Source source;

  private static final class Source {
    @Option(
        names = "--upstream",
        required = true,
        paramLabel = "HOST[:PORT],...",
        hideParamSyntax = true,
        split = Converters.OfNtpServer.SPLIT,
        splitSynopsisLabel = ",",
        converter = Converters.OfNtpServer.class,
        description =
            "Follow these NTP servers, separated by commas (port 123 unless named); an IPv6 address with a port stands in"
                + " brackets. Of several, those that most agree with are believed.")
    private List<HostPort> upstream = List.of();

    @Option(
        names = "--local-stratum",
        required = true,
        paramLabel = "N",
        description =
            "Serve the clock of this machine as it is, at this stratum (1 to 15). Take a high one, so"
                + " that clients prefer real servers.")
    private Integer localStratum;
  }

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "UDP port for NTP (default: ${DEFAULT-VALUE}, which needs no root; NTP's own is 123). 0"
              + " takes a free one; see --ready-file.")
  private int port = 8123;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "TCP port for HTTP; without it there is no HTTP. 0 takes a free one.")
  private Integer httpPort;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS,...",
      description =
          "Addresses of this machine to answer on, IPv4 or IPv6 (default: all). Name them on a"
              + " machine with several networks: an answer then always comes from the address that"
              + " was asked.")
  private String bind;

  @Option(
      names = "--rate-limit",
      paramLabel = "N",
      converter = Converters.OfDecimal.class,
      description =
          "Requests a second that one client address may send, twice as many at once; beyond it is"
              + " told to slow down (kiss of death RATE) and then ignored. 0 is no limit (default:"
              + " ${DEFAULT-VALUE}).")
  private BigDecimal rateLimit = BigDecimal.valueOf(100);

  @Mixin private PollingOptions polling;

  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      converter = Converters.OfClock.class,
      description =
          "The clock to serve: system, or simulated:offset=3ms,drift_ppm=20 (default:"
              + " ${DEFAULT-VALUE}).")
  private String clock = "system";

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description =
          "Write this file, whole, as soon as there is a time to serve: JSON with pid, port,"
              + " http_port and clock.")
  private Path readyFile;

  @Mixin private LifetimeOptions lifetime;

  @Mixin private LogOptions logOptions;

  public static void main(String[] args) {
    Executable.main(new TimeserverCommand(), args);
  }

  @Override
  public Integer call() throws InterruptedException {
    TimeServer.Settings settings = settings();
    logOptions.apply();
    lifetime.start();
    clearReadyFile();
    try (TimeServer server = TimeServer.start(ClockSpec.parse(clock), settings)) {
      Signals.onStop(server::stop);
      if (server.awaitSynchronized() && readyFile != null) {
        RunFiles.publish(readyFile, ready(server));
      }
      server.awaitStop();
      spec.commandLine().getOut().println(server.totals().text());
    }
    return ExitCode.SUCCESS.code();
  }

  private TimeServer.Settings settings() {
    if (source.localStratum != null) {
      requireBetween("--local-stratum", source.localStratum, 1, 15);
    }
    requireBetween("--port", port, 0, 65_535);
    if (httpPort != null) {
      requireBetween("--http-port", httpPort, 0, 65_535);
    }
    return new TimeServer.Settings(
        addresses(),
        port,
        httpPort == null ? OptionalInt.empty() : OptionalInt.of(httpPort),
        source.upstream,
        source.localStratum == null ? OptionalInt.empty() : OptionalInt.of(source.localStratum),
        rateLimit.signum() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(rateLimit.doubleValue()),
        polling());
  }

  private TimeKeeper.Settings polling() {
    try {
      return polling.toSettings(List.of());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
    }
  }

  private List<InetAddress> addresses() {
    List<InetAddress> addresses = new ArrayList<>();
    for (String address : bind == null ? List.of("0.0.0.0") : List.of(bind.split(",", -1))) {
      try {
        addresses.add(InetAddress.getByName(new HostPort(address.strip(), 1).host()));
      } catch (UnknownHostException | IllegalArgumentException e) {
        throw refused("--bind takes addresses of this machine, and '" + address + "' is none");
      }
    }
    return addresses;
  }

  private void requireBetween(String option, int value, int smallest, int largest) {
    if (value < smallest || value > largest) {
      throw refused(
          option + " takes a number from " + smallest + " to " + largest + ", not " + value);
    }
  }

  private ParameterException refused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence + ".");
  }

  private void clearReadyFile() {
    if (readyFile != null) {
      RunFiles.withdraw(readyFile);
    }
  }

  private String ready(TimeServer server) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("pid", ProcessHandle.current().pid())
            .put("port", server.port());
    server.httpPort().ifPresent(number -> json.put("http_port", number));
    return json.put("clock", server.status().text()) + "\n";
  }
}

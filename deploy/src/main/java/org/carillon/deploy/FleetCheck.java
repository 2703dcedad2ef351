package org.carillon.deploy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.carillon.core.CarillonException;
import org.carillon.core.Count;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.HostKind;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.ntp.TimeKeeper;
import org.carillon.ntp.check.CheckedNode;
import org.carillon.ntp.check.FleetReport;
import org.carillon.ntp.server.TimeServer;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;

/**
 * Runs clockcheck on many hosts at the same time and brings together what they say. The release is
 * brought to each host as for an experiment, and stays there for the next time.
 */
public final class FleetCheck {

  private static final Duration PREPARE = Duration.ofMinutes(5);
  private static final Duration ASK = Duration.ofSeconds(30);

  /** What a clockcheck may take beyond its measuring, on a busy host. */
  private static final Duration SLACK = Duration.ofSeconds(60);

  /** How long commands may take to end that were given up, so that none is left behind. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(20);

  private static final int OWN_STRATUM = 8;

  private final Request request;
  private final Distribution distribution;
  private final Connector connector;
  private final ClockSource clock;
  private final Cancellation cancellation;
  private final AtomicInteger underWay = new AtomicInteger();
  private final String nonce = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  /**
   * What is asked for.
   *
   * @param hosts to check, by their names
   * @param workFolder for the release, on hosts that are not this machine
   * @param installed folder with {@code bin/clockcheck} on each host; without it the release is
   *     brought there
   * @param servers as {@code --server} takes them; with none, this machine serves its clock
   * @param arguments other ones for each clockcheck
   * @param length for how long each measures
   * @param maxDifferenceNs how far any two clocks may be apart
   */
  public record Request(
      SequencedMap<String, Experiment.HostSpec> hosts,
      String workFolder,
      Optional<String> installed,
      List<String> servers,
      List<String> arguments,
      Duration length,
      long maxDifferenceNs) {
    public Request {
      servers = List.copyOf(servers);
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A host that can begin.
   *
   * @param executable its clockcheck
   * @param headAddress of this machine, as the host sees it; empty if it cannot tell
   */
  private record Ready(Host host, String executable, Optional<String> headAddress) {}

  public FleetCheck(
      Request request,
      Distribution distribution,
      Connector connector,
      ClockSource clock,
      Cancellation cancellation) {
    this.request = request;
    this.distribution = distribution;
    this.connector = connector;
    this.clock = clock;
    this.cancellation = cancellation;
  }

  /**
   * Does it.
   *
   * @param progress gets a sentence at each step
   * @throws CarillonException ABORTED if it was cancelled
   */
  public FleetReport run(Consumer<String> progress) {
    SequencedMap<String, FleetReport.Host> found = new LinkedHashMap<>();
    List<Host> hosts = new ArrayList<>();
    try {
      progress.accept(
          "connecting to " + Count.of(request.hosts().size(), "host") + ", bringing the release");
      SequencedMap<String, Ready> ready =
          onAll("preparing", named(request.hosts()), PREPARE, one -> prepare(one, hosts), found);
      if (request.servers().isEmpty()) {
        try (TimeServer server = serve(ready)) {
          measure(ready, server.port(), progress, found);
        }
      } else {
        measure(ready, 0, progress, found);
      }
    } finally {
      synchronized (hosts) {
        hosts.forEach(Host::close);
      }
    }
    SequencedMap<String, FleetReport.Host> inOrder = new LinkedHashMap<>();
    request.hosts().keySet().forEach(name -> inOrder.put(name, found.get(name)));
    return new FleetReport(
        Instant.EPOCH.plus(clock.realtimeNs(), ChronoUnit.NANOS),
        request.length(),
        request.servers().isEmpty()
            ? "this machine's clock (no --server was named)"
            : String.join(", ", request.servers()),
        inOrder,
        request.maxDifferenceNs());
  }

  private static SequencedMap<String, Map.Entry<String, Experiment.HostSpec>> named(
      Map<String, Experiment.HostSpec> specs) {
    SequencedMap<String, Map.Entry<String, Experiment.HostSpec>> named = new LinkedHashMap<>();
    specs.forEach((name, spec) -> named.put(name, Map.entry(name, spec)));
    return named;
  }

  /** Does one thing on all, notes who failed, and returns what the others yielded. */
  private <S, T> SequencedMap<String, T> onAll(
      String what,
      Map<String, S> subjects,
      Duration limit,
      Function<S, T> task,
      Map<String, FleetReport.Host> failed) {
    SequencedMap<String, Outcome<T>> outcomes =
        FanOut.run(what, subjects, new Deadline(clock, limit), cancellation, task);
    if (cancellation.requested()) {
      awaitEnds();
      String why = "; there is no report, since each host reports only at its end.";
      throw new CarillonException(ExitCode.ABORTED, "stopped during " + what + why);
    }
    SequencedMap<String, T> done = new LinkedHashMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          switch (outcome) {
            case Outcome.Done<T>(T value) -> done.put(name, value);
            case Outcome.Failed<T>(String reason, ExitCode code) ->
                failed.put(name, new FleetReport.Host.Failed(reason));
          }
        });
    return done;
  }

  private void awaitEnds() {
    Deadline deadline = new Deadline(clock, FAREWELL);
    try {
      while (underWay.get() > 0 && !deadline.passed()) {
        clock.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Ready prepare(Map.Entry<String, Experiment.HostSpec> named, List<Host> hosts) {
    String name = named.getKey();
    Experiment.HostSpec spec = named.getValue();
    Host host = connector.connect(name, spec);
    synchronized (hosts) {
      hosts.add(host);
    }
    Optional<String> headAddress =
        spec.kind() == HostKind.LOCAL ? Optional.of("127.0.0.1") : headAddress(host);
    if (request.installed().isPresent() && spec.kind() != HostKind.LOCAL) {
      return new Ready(host, request.installed().get() + "/bin/clockcheck", headAddress);
    }
    HostFacts facts = HostFacts.ask(host, ASK);
    String folder = request.workFolder();
    Site site =
        new Site(
            name,
            spec,
            host,
            facts,
            folder.startsWith("~/") ? facts.home() + folder.substring(1) : folder);
    Releases.Staged staged = new Releases(distribution, nonce).stage(site, PREPARE);
    return new Ready(host, staged.executable("clockcheck"), headAddress);
  }

  /** sshd tells a session whom it serves. */
  private static Optional<String> headAddress(Host host) {
    CommandResult result = host.run(Command.script("printf %s \"${SSH_CONNECTION%% *}\"", ASK));
    return Optional.of(result.text()).filter(text -> text.matches("[0-9a-fA-F:.]+"));
  }

  /** Serves this machine's clock on a free port, as the reference that all have in common. */
  private TimeServer serve(Map<String, Ready> ready) {
    boolean usesIpv6 =
        ready.values().stream()
            .flatMap(one -> one.headAddress().stream())
            .anyMatch(address -> address.contains(":"));
    try {
      return TimeServer.start(
          clock,
          new TimeServer.Settings(
              List.of(InetAddress.getByName(usesIpv6 ? "::" : "0.0.0.0")),
              0,
              OptionalInt.empty(),
              List.of(),
              OptionalInt.of(OWN_STRATUM),
              OptionalDouble.empty(),
              TimeKeeper.Settings.defaults()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address is no name that is looked up", e);
    }
  }

  private void measure(
      SequencedMap<String, Ready> ready,
      int port,
      Consumer<String> progress,
      Map<String, FleetReport.Host> found) {
    progress.accept(
        "measuring on "
            + Count.of(ready.size(), "host")
            + " for "
            + DurationText.rounded(request.length())
            + (found.isEmpty() ? "" : "; " + Count.of(found.size(), "host") + " cannot take part"));
    Duration limit = request.length().plus(SLACK);
    onAll("measuring", ready, limit, one -> check(one, port, limit), found)
        .forEach((name, node) -> found.put(name, new FleetReport.Host.Checked(node)));
  }

  private CheckedNode check(Ready ready, int port, Duration limit) {
    String name = ready.host().name();
    List<String> words = new ArrayList<>(List.of(ready.executable(), "--json"));
    words.add("--server");
    words.add(
        request.servers().isEmpty() ? server(ready, port) : String.join(",", request.servers()));
    words.addAll(request.arguments());
    CommandResult result;
    underWay.incrementAndGet();
    try {
      result = ready.host().run(Command.of(words, limit));
    } finally {
      underWay.decrementAndGet();
    }
    try {
      return CheckedNode.parse(result.out());
    } catch (IllegalArgumentException e) {
      throw new CarillonException(
          ExitCode.CONNECTION,
          name + ": its clockcheck did not report (" + result.complaint() + ")",
          e);
    }
  }

  private static String server(Ready ready, int port) {
    String address =
        ready
            .headAddress()
            .orElseThrow(
                () ->
                    new CarillonException(
                        ExitCode.USAGE,
                        ready.host().name()
                            + ": it cannot tell this machine's address; name a server with"
                            + " --server"));
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }
}

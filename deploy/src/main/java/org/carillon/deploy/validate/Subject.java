package org.carillon.deploy.validate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.carillon.core.experiment.Experiment;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.release.NodeRelease;
import org.carillon.ssh.Host;

/**
 * What is validated: a deployable, or the hosts of an experiment.
 *
 * @param name of its state file and its reports
 * @param root folder on each host that holds {@code current} and {@code shared}, or that lies on
 *     the filesystem in question; absolute or relative to the account's home, {@code %h} stands for
 *     the host's name
 * @param isReleased whether the root holds releases, whose versions can be compared
 * @param service that runs on each host, if one does
 * @param tests run in {@code current} on each host
 * @param logs files relative to the root
 * @param patterns looked for in the logs, and in the journal of a systemd unit
 * @param ports TCP, on which something must listen
 * @param connectivity between every two hosts, if it is asked for
 * @param places of hosts of which more is known than their names
 * @param experiment a file on this machine that is run, if one is named
 * @param commands to put it right, if it is a deployable
 */
public record Subject(
    String name,
    String root,
    boolean isReleased,
    Optional<Service> service,
    List<Test> tests,
    List<String> logs,
    List<Pattern> patterns,
    Limits limits,
    List<Integer> ports,
    Optional<Connectivity> connectivity,
    Map<String, Place> places,
    Optional<Path> experiment,
    Optional<Commands> commands) {

  /** Where a release keeps the identity of its service, and what the service prints. */
  private static final String PID_FILE = "run/service.pid";

  private static final String OUTPUT = "run/service.log";

  public Subject {
    places = Map.copyOf(places);
    tests = List.copyOf(tests);
    logs = List.copyOf(logs);
    patterns = List.copyOf(patterns);
    ports = List.copyOf(ports);
  }

  /**
   * Where a host is.
   *
   * @param address under which the others know it
   * @param root there, if it is another one than elsewhere
   */
  public record Place(String address, Optional<String> root) {}

  /** The root on a host. */
  String rootOn(String host) {
    return Optional.ofNullable(places.get(host))
        .flatMap(Place::root)
        .orElse(root)
        .replace("%h", host);
  }

  /** The address under which the others know a host. */
  String addressOf(String host) {
    return Optional.ofNullable(places.get(host)).map(Place::address).orElse(host);
  }

  /**
   * Command lines that can be pasted.
   *
   * @param resume finishes what is under way
   * @param history shows what was done
   * @param rollback goes on with a rollback to the goal that it is given
   */
  public record Commands(String resume, String history, UnaryOperator<String> rollback) {}

  /**
   * What runs.
   *
   * @param pidFile relative to the root, whose first two words are the pid and its start time in
   *     clock ticks; unused with a unit
   * @param systemdUserUnit that runs it instead
   * @param look the look that a deployment takes at it
   * @param probe how it is asked again and again, and timed, if it can be
   */
  public record Service(
      String pidFile, Optional<String> systemdUserUnit, Look look, Optional<Probe> probe) {}

  /** A look at a service. */
  @FunctionalInterface
  public interface Look {
    /** Empty if it is healthy, else what is wrong. */
    Optional<String> complaint(Host host);
  }

  /** How a service is asked; always on its own host. */
  public sealed interface Probe {

    /** It answers with a status 200–299; redirections are not followed. */
    record Http(String url) implements Probe {}

    /** It accepts a TCP connection. */
    record Port(int port) implements Probe {}

    /** A command, run in {@code current}, ends with exit code 0. */
    record Run(List<String> argv) implements Probe {
      public Run {
        argv = List.copyOf(argv);
      }
    }
  }

  /** A command that must end with exit code 0. */
  public record Test(String name, List<String> argv, Duration deadline) {
    public Test {
      argv = List.copyOf(argv);
    }
  }

  /**
   * What lines of a log are looked for.
   *
   * @param regex see {@link ExtendedRegex}
   * @param max so many lines may match
   */
  public record Pattern(String name, String regex, long max) {}

  /**
   * What the numbers are held against; a number without a limit is shown and passes.
   *
   * @param openFiles of the service; if empty, nine tenths of what its process may open
   * @param responseP99 of the health probe
   * @param clockBound how far a host's clock may be from this machine's
   */
  public record Limits(
      OptionalDouble cpuPercent,
      OptionalDouble memoryPercent,
      OptionalDouble diskPercent,
      OptionalLong openFiles,
      Optional<Duration> responseP99,
      Optional<Duration> clockBound) {

    /** Of hosts about which nothing is said: memory and disks are full at 90 %. */
    public static Limits usual() {
      return new Limits(
          OptionalDouble.empty(),
          OptionalDouble.of(90),
          OptionalDouble.of(90),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * Datagrams between every two hosts.
   *
   * @param probes in each direction, 1 or more
   */
  public record Connectivity(int probes) {
    /** Enough to see a loss of one in ten. */
    public static final Connectivity USUAL = new Connectivity(20);
  }

  /** A service or a set of files, on some of its hosts. */
  public static Subject of(Fleet fleet) {
    Deployable deployable = fleet.deployable();
    Deployable.Validate validate = deployable.validate();
    NodeRelease releases = new NodeRelease(deployable);
    Optional<String> unit = deployable.service().flatMap(Subject::unit);
    List<String> logs = new ArrayList<>(validate.logs());
    if (deployable.service().isPresent() && unit.isEmpty()) {
      logs.add(OUTPUT);
    }
    Limits usual = Limits.usual();
    Deployable.Limits limits = validate.limits();
    return new Subject(
        deployable.name(),
        deployable.root(),
        true,
        deployable
            .service()
            .map(it -> new Service(PID_FILE, unit, releases::complaint, probe(it.health()))),
        validate.tests().stream()
            .map(test -> new Test(test.name(), test.command(), test.deadline()))
            .toList(),
        logs,
        validate.patterns().stream()
            .map(it -> new Pattern(it.name(), it.regex().pattern(), it.max()))
            .toList(),
        new Limits(
            limits.cpuPercent(),
            or(limits.memoryPercent(), usual.memoryPercent()),
            or(limits.diskPercent(), usual.diskPercent()),
            limits.openFiles(),
            limits.responseP99(),
            limits.clockBound()),
        validate.ports(),
        validate
            .connectivity()
            .filter(Deployable.Connectivity::udp)
            .map(it -> new Connectivity(it.probes())),
        Map.of(),
        validate.experiment(),
        Optional.of(
            new Commands(
                fleet.command("deploy resume"),
                deployable.source().command("deploy history", List.of(), List.of()),
                goal -> fleet.command("rollback", "--to", goal))));
  }

  private static Optional<String> unit(Deployable.Service service) {
    return service.start() instanceof Deployable.Start.SystemdUserUnit(String unit)
        ? Optional.of(unit)
        : Optional.empty();
  }

  private static OptionalDouble or(OptionalDouble given, OptionalDouble usual) {
    return given.isPresent() ? given : usual;
  }

  /** That which says most of how long users wait. */
  private static Optional<Probe> probe(Deployable.Health health) {
    if (health.http().isPresent()) {
      return Optional.of(new Probe.Http(health.http().get().toString()));
    }
    if (health.port().isPresent()) {
      return Optional.of(new Probe.Port(health.port().getAsInt()));
    }
    return health.command().isEmpty()
        ? Optional.empty()
        : Optional.of(new Probe.Run(health.command()));
  }

  /** The hosts of an experiment: what they use, their clocks and their ways to each other. */
  public static Subject of(Experiment experiment) {
    Map<String, Place> places = new TreeMap<>();
    specs(experiment)
        .forEach(
            (name, spec) -> {
              Experiment.Node node = experiment.nodes().get(name);
              String address = node == null ? spec.address() : node.dataAddress();
              places.put(name, new Place(address, spec.workDir().map(Subject::fromHome)));
            });
    return new Subject(
        experiment.name(),
        fromHome(experiment.run().workDir()),
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Limits.usual(),
        List.of(),
        places.size() > 1 ? Optional.of(Connectivity.USUAL) : Optional.empty(),
        places,
        Optional.empty(),
        Optional.empty());
  }

  /** Its nodes, and its coordinator if that has a host of its own. */
  static SequencedMap<String, Experiment.HostSpec> specs(Experiment experiment) {
    SequencedMap<String, Experiment.HostSpec> specs = new LinkedHashMap<>();
    experiment.nodes().forEach((name, node) -> specs.put(name, node.host()));
    if (experiment.coordinator().node().isEmpty()) {
      specs.put("coordinator", experiment.coordinator().host());
    }
    return specs;
  }

  private static String fromHome(String folder) {
    return folder.startsWith("~/") ? folder.substring(2) : folder;
  }
}

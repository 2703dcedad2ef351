package org.carillon.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;
import org.carillon.core.Table;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.HostKind;
import org.carillon.ssh.Host;

/** Connects to all hosts and, if asked to, checks them and brings the release there. */
final class Arrival implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(30);

  private static final String UNREACHABLE = "unreachable";
  private static final String NOT_READY = "not ready";

  private final Crew crew;
  private final String nonce;
  private final String localWorkFolder;
  private final List<Host> hosts = new ArrayList<>();
  private final SequencedMap<String, List<Check>> checked = new LinkedHashMap<>();

  /**
   * @param localWorkFolder where local nodes work that have no work folder of their own; absolute
   */
  Arrival(Crew crew, String nonce, String localWorkFolder) {
    this.crew = crew;
    this.nonce = nonce;
    this.localWorkFolder = localWorkFolder;
  }

  /** The hosts to connect to: each node's, and the coordinator's unless it shares a node's. */
  static SequencedMap<String, Experiment.HostSpec> wanted(Experiment experiment) {
    SequencedMap<String, Experiment.HostSpec> specs = new LinkedHashMap<>();
    experiment.nodes().forEach((name, node) -> specs.put(name, node.host()));
    if (experiment.coordinator().node().isEmpty()) {
      specs.put(Names.COORDINATOR, experiment.coordinator().host());
    }
    if (experiment.time().serve().isPresent()) {
      specs.put(Names.TIMESERVER, Experiment.HostSpec.local(java.util.Optional.empty()));
    }
    return specs;
  }

  /** Connects. */
  SequencedMap<String, Site> connect(Deadline deadline) {
    return connect(wanted(crew.experiment()), deadline);
  }

  /** Connects to some hosts. */
  SequencedMap<String, Site> connect(Map<String, Experiment.HostSpec> specs, Deadline deadline) {
    Map<String, Map.Entry<String, Experiment.HostSpec>> subjects = new LinkedHashMap<>();
    specs.forEach((name, spec) -> subjects.put(name, Map.entry(name, spec)));
    return crew.onAll(
        "connecting",
        subjects,
        deadline,
        subject -> arrive(subject.getKey(), subject.getValue(), deadline.atMost(CONNECT)));
  }

  private Site arrive(String name, Experiment.HostSpec spec, Duration limit) {
    Host host = crew.connector().connect(name, spec);
    synchronized (hosts) {
      hosts.add(host);
    }
    HostFacts facts = HostFacts.ask(host, limit);
    return new Site(name, spec, host, facts, workFolder(spec, facts));
  }

  private String workFolder(Experiment.HostSpec spec, HostFacts facts) {
    if (spec.kind() == HostKind.LOCAL && spec.workDir().isEmpty()) {
      return localWorkFolder;
    }
    String folder = spec.workDir().orElse(crew.experiment().run().workDir());
    return folder.startsWith("~/") ? facts.home() + folder.substring(1) : folder;
  }

  /** Checks every host; those with a failed check drop out. */
  void preflight(SequencedMap<String, Site> sites, Deadline deadline) {
    Preflight preflight =
        new Preflight(
            crew.distribution(),
            crew.experiment().run().minFreeDiskBytes(),
            nonce,
            new ClockOffset(crew.clock()));
    SequencedMap<String, List<Check>> checks =
        crew.onAll(
            Stage.PREFLIGHT.word(),
            sites,
            deadline,
            site -> preflight.check(question(site), deadline.remaining()));
    checks.forEach(this::report);
    crew.journal().info("preflight: " + summary(checks));
  }

  private Preflight.Question question(Site site) {
    Experiment.Node node = crew.experiment().nodes().get(site.name());
    OptionalInt port = node == null ? OptionalInt.empty() : node.port();
    boolean asks = !site.name().equals(Names.TIMESERVER);
    return new Preflight.Question(
        site, port, asks ? crew.experiment().time().servers() : List.of());
  }

  private void report(String name, List<Check> checks) {
    checked.put(name, checks);
    crew.journal().info(name + ": " + count(Map.of(name, checks)));
    for (Check check : checks) {
      String line = name + ": " + check.name() + ": " + check.text();
      switch (check.verdict()) {
        case PASS -> crew.journal().detail("pass    " + line);
        case WARN -> crew.journal().warn("warn    " + line);
        case UNKNOWN -> crew.journal().warn("unknown " + line);
        case FAIL -> crew.roster().fail(name, line, codeOf(check));
      }
    }
  }

  private String summary(Map<String, List<Check>> checks) {
    List<String> parts = new ArrayList<>();
    for (String word : List.of(UNREACHABLE, NOT_READY)) {
      long hosts =
          wanted(crew.experiment()).keySet().stream()
              .filter(name -> !checked.containsKey(name) && outcome(name).equals(word))
              .count();
      if (hosts > 0) {
        parts.add(hosts + " " + word);
      }
    }
    if (!checks.isEmpty()) {
      parts.add(count(checks));
    }
    return String.join(", ", parts);
  }

  /** How a host stands, in a word or two; the reason stands in the log. */
  String outcome(String name) {
    Outcome.Failed<Void> failure = crew.roster().failures().get(name);
    if (failure == null) {
      return "ok";
    }
    boolean lost =
        failure.exitCode() == ExitCode.CONNECTION || failure.exitCode() == ExitCode.TIMEOUT;
    return lost && !checked.containsKey(name) ? UNREACHABLE : NOT_READY;
  }

  /** Every check that was made, as a table; empty text if there was none. */
  String table() {
    if (checked.isEmpty()) {
      return "";
    }
    Table table = new Table("host", "check", "verdict", "finding");
    checked.forEach(
        (name, checks) ->
            checks.forEach(
                check -> table.row(name, check.name(), check.verdict().text(), check.text())));
    return table.toString();
  }

  private static ExitCode codeOf(Check check) {
    return check.name().equals("time server") ? ExitCode.CONNECTION : ExitCode.USAGE;
  }

  private static String count(Map<String, List<Check>> checks) {
    StringBuilder text = new StringBuilder();
    for (CheckVerdict verdict : CheckVerdict.values()) {
      long n =
          checks.values().stream()
              .flatMap(List::stream)
              .filter(check -> check.verdict() == verdict)
              .count();
      if (n > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(n).append(' ');
        text.append(verdict.text());
      }
    }
    return text.toString();
  }

  /** Brings the executables to every host. */
  SequencedMap<String, Releases.Staged> stage(SequencedMap<String, Site> sites, Deadline deadline) {
    Releases releases = new Releases(crew.distribution(), nonce);
    SequencedMap<String, Releases.Staged> staged =
        crew.onAll(
            Stage.STAGE.word(),
            sites,
            deadline,
            site -> releases.stage(site, deadline.remaining()));
    staged.forEach(
        (name, release) ->
            crew.journal().info(name + ": release " + release.how() + ": " + release.home()));
    return staged;
  }

  /** Ends all connections. */
  @Override
  public void close() {
    synchronized (hosts) {
      hosts.forEach(Host::close);
    }
  }
}

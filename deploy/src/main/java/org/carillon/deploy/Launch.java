package org.carillon.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.carillon.control.identity.RunIdentity;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.net.HostPort;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Detached;
import org.carillon.ssh.DetachedProcess;
import org.carillon.ssh.DetachedSpec;
import org.carillon.ssh.Secret;

/** Starts the processes of a run. */
final class Launch {

  private static final Duration ASK = Duration.ofSeconds(20);

  private final Crew crew;
  private final Map<String, Releases.Staged> releases;
  private final Runnable saveState;

  /** By which the processes of this run, and nobody else, know each other. */
  private final Secret identity = new Secret(RunIdentity.create().toPem());

  /**
   * @param releases by site
   * @param saveState keeps what has been started in the run directory
   */
  Launch(Crew crew, Map<String, Releases.Staged> releases, Runnable saveState) {
    this.crew = crew;
    this.releases = releases;
    this.saveState = saveState;
  }

  /**
   * Starts one process. Its output goes to NAME.log in its folder, progress to a file of its own.
   */
  void start(Member member, List<String> argv, Duration deadline) {
    boolean sends = member.role() == Member.Role.COORDINATOR;
    String log = member.name() + ".log";
    DetachedSpec spec =
        new DetachedSpec(
            member.folder(),
            member.name(),
            argv,
            Map.of(),
            member.role() == Member.Role.TIMESERVER ? Optional.empty() : Optional.of(identity),
            sends ? CommandLines.PROGRESS_FILE : log,
            log);
    DetachedProcess process = Detached.start(member.site().host(), spec, deadline);
    member.started(argv, process);
    saveState.run();
    crew.journal()
        .info(
            member.name()
                + ": "
                + member.role().name().toLowerCase(java.util.Locale.ROOT)
                + " started as process "
                + process.pid());
  }

  /** Starts one process of which there is but one; who fails is in the roster. */
  void startAlone(Stage stage, Member member, List<String> argv, Deadline deadline) {
    startAlone(stage, member, argv, Map.of(), deadline);
  }

  /**
   * The same with files that it needs.
   *
   * @param files on this machine, by the names that they get in its folder
   */
  void startAlone(
      Stage stage, Member member, List<String> argv, Map<String, Path> files, Deadline deadline) {
    crew.onAllToTheEnd(
        stage.word(),
        Map.of(member.name(), member),
        deadline,
        one -> {
          files.forEach(
              (name, file) -> one.site().host().upload(file, one.file(name), deadline.remaining()));
          start(one, argv, deadline.remaining());
          return true;
        });
  }

  /** Where a site's executable is. */
  String executable(Site site, String name) {
    return releases.get(site.name()).executable(name);
  }

  /** Starts all workers at once. */
  void startWorkers(Map<String, Member> workers, CommandLines lines, Deadline deadline) {
    crew.onAllToTheEnd(
        Stage.START.word(),
        workers,
        deadline,
        member -> {
          Experiment.Node node = crew.experiment().nodes().get(member.name());
          start(
              member,
              lines.worker(node, executable(member.site(), "worker")),
              deadline.remaining());
          return true;
        });
  }

  /** Whether there is a file of that name in its folder. */
  static boolean left(Member member, String fileName) {
    return member
        .site()
        .host()
        .run(Command.of(List.of("test", "-f", member.file(fileName)), ASK))
        .succeeded();
  }

  /** The last line of its log, which usually says why. */
  static String lastWords(Member member) {
    CommandResult result =
        member
            .site()
            .host()
            .run(
                Command.of(
                    List.of("tail", "-n", "1", "--", member.file(member.name() + ".log")), ASK));
    return result.succeeded() && !result.text().isEmpty()
        ? ": " + result.text()
        : "; its log is empty";
  }

  /** Where the coordinator reaches the control ports of the workers that are ready. */
  SequencedMap<String, HostPort> agents(Map<String, Member> workers) {
    SequencedMap<String, HostPort> agents = new LinkedHashMap<>();
    workers.forEach(
        (name, member) ->
            agents.put(
                name,
                new HostPort(
                    crew.experiment().nodes().get(name).dataAddress(),
                    member.ready().orElseThrow().port())));
    return agents;
  }
}

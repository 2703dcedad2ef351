package org.carillon.deploy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.DurationText;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Detached;
import org.carillon.ssh.DetachedProcess;
import org.carillon.ssh.DetachedSpec;
import org.carillon.ssh.DetachedState;

/** Starts the processes of a run and waits until the workers are ready. */
final class Launch {

  /** How often the ready files are looked for; far below any warm-up. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private static final Duration SAY = Duration.ofSeconds(10);
  private static final Duration ASK = Duration.ofSeconds(20);

  private final Crew crew;
  private final Map<String, Releases.Staged> releases;
  private final Runnable saveState;

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

  /** Waits until every process is ready or has failed; says every ten seconds who is missing. */
  void awaitReady(SequencedMap<String, Member> awaited, Deadline deadline) {
    long startNs = crew.clock().monotonicNs();
    long sayNs = SAY.toNanos();
    Map<String, Member> missing = new LinkedHashMap<>(awaited);
    while (true) {
      missing.keySet().removeIf(crew.roster()::failed);
      crew.onAll(Stage.WARM_UP.word(), missing, deadline, this::look);
      missing.values().removeIf(member -> member.ready().isPresent());
      missing.keySet().removeIf(crew.roster()::failed);
      if (missing.isEmpty()) {
        return;
      }
      if (deadline.passed()) {
        missing
            .keySet()
            .forEach(
                name ->
                    crew.roster()
                        .fail(
                            name,
                            name
                                + ": not ready within the deadline of "
                                + deadline
                                + " for warm-up; see logs/"
                                + name
                                + ".log",
                            ExitCode.TIMEOUT));
        return;
      }
      long elapsedNs = crew.clock().monotonicNs() - startNs;
      if (elapsedNs >= sayNs) {
        sayNs += SAY.toNanos();
        crew.journal()
            .info(
                "warm-up: after "
                    + DurationText.format(Duration.ofSeconds(elapsedNs / 1_000_000_000L))
                    + " not ready yet: "
                    + String.join(", ", missing.keySet()));
      }
      crew.cancellation().await(deadline.atMost(LOOK));
      crew.stopIfCancelled(Stage.WARM_UP.word());
    }
  }

  private boolean look(Member member) {
    CommandResult result =
        member
            .site()
            .host()
            .run(Command.of(List.of("cat", "--", member.file(CommandLines.READY_FILE)), ASK));
    if (result.succeeded()) {
      try {
        member.ready(Ready.parse(result.out()));
      } catch (IllegalArgumentException e) {
        throw new CarillonException(ExitCode.INTERNAL, member.name() + ": " + e.getMessage(), e);
      }
      Ready ready = member.ready().orElseThrow();
      crew.journal()
          .info(
              member.name()
                  + ": ready on UDP port "
                  + ready.port()
                  + ", clock "
                  + ready.clock()
                  + ready.offset().map(offset -> ", offset " + offset).orElse(""));
      return true;
    }
    DetachedState state = Detached.state(member.site().host(), member.process().orElseThrow(), ASK);
    switch (state) {
      case DetachedState.Running running -> {}
      case DetachedState.Exited(int code) -> {
        member.exited(code);
        throw endedEarly(member, Verdicts.ending(code));
      }
      case DetachedState.Gone gone -> throw endedEarly(member, "is gone without a trace");
    }
    return false;
  }

  private static CarillonException endedEarly(Member member, String how) {
    return new CarillonException(
        ExitCode.SOME_FAILED,
        member.name() + ": " + how + " before it was ready" + lastWords(member));
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

  /** Where the coordinator reaches the workers that are ready. */
  SequencedMap<String, HostPort> addresses(Map<String, Member> workers) {
    SequencedMap<String, HostPort> addresses = new LinkedHashMap<>();
    for (String name : crew.roster().healthyNodes()) {
      Ready ready = workers.get(name).ready().orElseThrow();
      addresses.put(
          name, new HostPort(crew.experiment().nodes().get(name).dataAddress(), ready.port()));
    }
    return addresses;
  }
}

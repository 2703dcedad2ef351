package org.carillon.deploy;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.time.DurationText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages of one run. However they end, what was started is stopped, what was recorded is
 * collected, and the manifest says how it went.
 */
final class ExperimentRun {
  private static final Logger LOG = LoggerFactory.getLogger(ExperimentRun.class);

  private final Crew crew;
  private final Deployment.Services services;
  private final RunDirectory run;
  private final String runId;
  private final long startNs;
  private final Set<Stage> stages;
  private final Homecoming homecoming;
  private final Bookkeeping books;
  private final SequencedMap<String, Member> members = new LinkedHashMap<>();

  ExperimentRun(
      Crew crew,
      Deployment.Services services,
      RunDirectory run,
      String runId,
      long startNs,
      Set<Stage> stages) {
    this.crew = crew;
    this.services = services;
    this.run = run;
    this.runId = runId;
    this.startNs = startNs;
    this.stages = stages;
    this.homecoming = new Homecoming(crew, run);
    this.books = new Bookkeeping(crew, run, runId, startNs);
  }

  private Experiment experiment() {
    return crew.experiment();
  }

  Deployment.Result execute() {
    books.begin();
    Optional<Abandoned> abandoned;
    boolean nothingLeft;
    boolean collected;
    try (Arrival arrival = new Arrival(crew, runId, run.work().toString())) {
      abandoned = attempt(arrival);
      nothingLeft = homecoming.stopAll(members, experiment().deadlines().stop()).isEmpty();
      collected = collect();
    }
    ExitCode code = verdict(abandoned, collected && nothingLeft);
    Optional<Analyzer.Found> found = Optional.empty();
    if (stages.contains(Stage.ANALYZE) && worthAnalyzing()) {
      AnalysisStage analysis = new AnalysisStage(crew, services.analyzer(), run);
      found = analysis.analyze(experiment().deadlines().analyze());
      // An analysis that failed counts unless the run itself went wrong before.
      if (code == ExitCode.SUCCESS && analysis.fault().isPresent()) {
        code = analysis.fault().get();
      }
    }
    return conclude(code, abandoned, found, nothingLeft);
  }

  /** Goes through the stages; whatever ends that early is an answer, not an exception. */
  private Optional<Abandoned> attempt(Arrival arrival) {
    try {
      throughTheRun(arrival);
      return Optional.empty();
    } catch (Abandoned e) {
      crew.journal().error(e.getMessage());
      return Optional.of(e);
    } catch (CarillonException e) {
      crew.journal().error(e.getMessage());
      return Optional.of(new Abandoned(e.exitCode(), e.getMessage()));
    } catch (RuntimeException e) {
      // Even after a fault of ours nothing may be left running.
      LOG.debug("internal error", e);
      crew.journal().error("internal error: " + e);
      return Optional.of(new Abandoned(ExitCode.INTERNAL, "internal error: " + e));
    }
  }

  private void throughTheRun(Arrival arrival) {
    Experiment.Deadlines deadlines = experiment().deadlines();
    int hosts = Arrival.wanted(experiment()).size();
    Deadline preflight = crew.begin(Stage.PREFLIGHT, hosts, "host", deadlines.preflight());
    SequencedMap<String, Site> sites = arrival.connect(preflight);
    crew.requireCrew(Stage.PREFLIGHT);
    if (stages.contains(Stage.PREFLIGHT)) {
      arrival.preflight(sites, preflight);
      crew.requireCrew(Stage.PREFLIGHT);
    }
    sites.keySet().removeIf(crew.roster()::failed);
    Deadline stage = crew.begin(Stage.STAGE, sites.size(), "host", deadlines.stage());
    SequencedMap<String, Releases.Staged> releases = arrival.stage(sites, stage);
    crew.requireCrew(Stage.STAGE);
    Launch launch = new Launch(crew, releases, this::saveState);
    enrol(sites);
    CommandLines lines = start(launch);
    Deadline warmup =
        crew.begin(Stage.WARM_UP, healthyWorkers().size(), "worker", deadlines.warmup());
    new Readiness(crew).await(healthyWorkers(), warmup);
    crew.requireCrew(Stage.WARM_UP);
    requireClocks();
    broadcast(launch, lines);
  }

  /** Says who takes part, before anything is started: a stop must know whom to look for. */
  private void enrol(SequencedMap<String, Site> sites) {
    String name = run.path().getFileName().toString();
    if (experiment().time().serve().isPresent()) {
      enrol(Names.TIMESERVER, Member.Role.TIMESERVER, sites.get(Names.TIMESERVER), name);
    }
    for (String node : crew.roster().healthyNodes()) {
      enrol(node, Member.Role.WORKER, sites.get(node), name);
    }
    Site site = sites.get(crew.coordinatorsNode().orElse(Names.COORDINATOR));
    if (site == null) {
      crew.roster()
          .fail(
              Names.COORDINATOR,
              "coordinator: its node " + crew.coordinatorsNode().orElse("") + " has dropped out",
              ExitCode.CONNECTION);
      crew.requireCrew(Stage.STAGE);
    }
    enrol(Names.COORDINATOR, Member.Role.COORDINATOR, site, name);
    saveState();
  }

  private void enrol(String name, Member.Role role, Site site, String runName) {
    members.put(name, new Member(name, role, site, folder(site, name, runName)));
  }

  private String folder(Site site, String name, String runName) {
    boolean inRun = site.isLocal() && site.spec().workDir().isEmpty();
    return inRun
        ? run.work().resolve(name).toString()
        : site.runFolder(experiment().name(), runName + "-" + runId) + "/" + name;
  }

  private synchronized void saveState() {
    new RunState(runId, startNs, members.values().stream().map(RunState::entry).toList())
        .write(run);
  }

  private CommandLines start(Launch launch) {
    Deadline deadline =
        crew.begin(Stage.START, members.size() - 1, "process", experiment().deadlines().start());
    List<HostPort> timeServers = experiment().time().servers();
    Optional<Experiment.Serve> serve = experiment().time().serve();
    if (serve.isPresent()) {
      Member server = members.get(Names.TIMESERVER);
      CommandLines lines = new CommandLines(experiment(), runId, timeServers);
      List<String> argv =
          lines.timeserver(serve.get(), launch.executable(server.site(), "timeserver"));
      crew.onAllToTheEnd(
          Stage.START.word(),
          Map.of(Names.TIMESERVER, server),
          deadline,
          member -> {
            launch.start(member, argv, deadline.remaining());
            return true;
          });
      new Readiness(crew).await(new LinkedHashMap<>(Map.of(Names.TIMESERVER, server)), deadline);
      crew.requireCrew(Stage.START);
      timeServers =
          List.of(
              new HostPort(serve.get().address(), server.ready().map(Ready::port).orElseThrow()));
    }
    CommandLines lines = new CommandLines(experiment(), runId, timeServers);
    launch.startWorkers(healthyWorkers(), lines, deadline);
    crew.requireCrew(Stage.START);
    return lines;
  }

  private SequencedMap<String, Member> healthyWorkers() {
    SequencedMap<String, Member> workers = new LinkedHashMap<>();
    crew.roster().healthyNodes().forEach(node -> workers.put(node, members.get(node)));
    return workers;
  }

  private void requireClocks() {
    List<String> bad =
        healthyWorkers().values().stream()
            .filter(member -> !member.ready().orElseThrow().isSynchronized())
            .map(Member::name)
            .toList();
    if (bad.isEmpty()) {
      return;
    }
    String sentence = "not synchronized after warm-up: the clock of " + String.join(", ", bad);
    if (experiment().run().requireClock()) {
      throw new Abandoned(
          ExitCode.CLOCKS,
          sentence
              + "; check the time servers, lengthen worker.warmup, or set run.require_clock:"
              + " false");
    }
    crew.journal().warn(sentence);
  }

  private void broadcast(Launch launch, CommandLines lines) {
    Experiment.Workload workload = experiment().workload();
    Deadline deadline =
        crew.begin(Stage.RUN, healthyWorkers().size(), "worker", experiment().deadlines().run());
    Member coordinator = members.get(Names.COORDINATOR);
    List<String> argv =
        lines.coordinator(
            launch.addresses(members), launch.executable(coordinator.site(), "coordinator"));
    crew.onAllToTheEnd(
        Stage.RUN.word(),
        Map.of(Names.COORDINATOR, coordinator),
        deadline,
        member -> {
          launch.start(member, argv, deadline.remaining());
          return true;
        });
    crew.requireCrew(Stage.RUN);
    crew.journal()
        .info(
            "run: "
                + workload.events()
                + " events, about "
                + DurationText.format(workload.scheduledDuration()));
    Broadcast broadcast = new Broadcast(crew, services.progress());
    switch (broadcast.watch(coordinator, healthyWorkers(), deadline)) {
      case FINISHED -> {
        judge(coordinator);
        broadcast.settle(CommandLines.settling(experiment()), healthyWorkers());
        crew.stopIfCancelled(Stage.RUN.word());
      }
      case NOBODY_LEFT ->
          throw new Abandoned(ExitCode.ALL_FAILED, "all workers have died during the run");
      case TOO_LATE ->
          throw new Abandoned(
              ExitCode.TIMEOUT, "the run was not over within its deadline of " + deadline);
      case CANCELLED -> crew.stopIfCancelled(Stage.RUN.word());
    }
  }

  /** Sends to a worker that has died fail: then the worker is named, not the coordinator. */
  private void judge(Member coordinator) {
    int code = coordinator.exitCode().orElse(ExitCode.INTERNAL.code());
    boolean expected = code == 0 || code == ExitCode.SOME_FAILED.code();
    if (code == ExitCode.SOME_FAILED.code()) {
      crew.journal().warn("coordinator: some sends failed; see logs/coordinator.log");
    }
    if (!expected) {
      crew.roster()
          .fail(
              Names.COORDINATOR,
              "coordinator: " + Verdicts.ending(code) + Launch.lastWords(coordinator),
              ExitCode.SOME_FAILED);
    }
  }

  private SequencedMap<String, Member> startedMembers() {
    SequencedMap<String, Member> started = new LinkedHashMap<>();
    members.forEach(
        (name, member) -> {
          if (member.process().isPresent()) {
            started.put(name, member);
          }
        });
    return started;
  }

  private boolean collect() {
    SequencedMap<String, Member> started = startedMembers();
    if (started.isEmpty()) {
      return true;
    }
    Deadline deadline = new Deadline(crew.clock(), experiment().deadlines().collect());
    crew.journal().info("collect: " + started.size() + " processes' files, within " + deadline);
    SequencedMap<String, String> missing = homecoming.collect(started, deadline);
    missing.forEach((name, reason) -> crew.roster().fail(name, reason, ExitCode.CONNECTION));
    started.keySet().removeAll(missing.keySet());
    if (!experiment().run().keepNodeFiles()) {
      homecoming.tidy(started, deadline);
      Homecoming.removeIfEmpty(run.work());
    }
    return missing.isEmpty();
  }

  private boolean worthAnalyzing() {
    return Files.isRegularFile(run.coordinatorCsv())
        && experiment().nodes().keySet().stream()
            .anyMatch(node -> Files.isRegularFile(run.workerCsv(node)));
  }

  private ExitCode verdict(Optional<Abandoned> abandoned, boolean clean) {
    if (abandoned.isPresent()) {
      return abandoned.get().exitCode();
    }
    ExitCode code =
        Verdicts.afterRun(crew.roster().nodeCount(), crew.roster().failedNodes().size());
    boolean coordinatorFailed = crew.roster().failed(Names.COORDINATOR);
    return code == ExitCode.SUCCESS && (coordinatorFailed || !clean) ? ExitCode.SOME_FAILED : code;
  }

  private Deployment.Result conclude(
      ExitCode code,
      Optional<Abandoned> abandoned,
      Optional<Analyzer.Found> found,
      boolean nothingLeft) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    experiment().nodes().keySet().forEach(node -> outcomes.put(node, outcome(node, abandoned)));
    Ending ending = new Ending(crew, run, outcomes);
    String table = ending.table(found);
    String outcome = abandoned.map(Abandoned::getMessage).orElseGet(() -> ending.sentence(code));
    if (nothingLeft) {
      ending.forgetState();
    } else {
      crew.journal().error("something may still run: deploy stop " + run);
    }
    books.end(code, outcome, members.values(), found);
    return new Deployment.Result(code, outcome, table, Optional.of(run), found);
  }

  /** Nodes that had to end because the run did are neither failed nor through. */
  private String outcome(String node, Optional<Abandoned> abandoned) {
    if (crew.roster().failed(node)) {
      return "failed";
    }
    if (abandoned.isEmpty()) {
      return "ok";
    }
    return startedMembers().containsKey(node) ? "stopped" : "not started";
  }
}

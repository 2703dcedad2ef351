package org.carillon.deploy;

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
import org.carillon.core.run.WorkerEnd;
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
  private final Set<Stage> stages;
  private final Homecoming homecoming;
  private final Bookkeeping books;
  private final Lineup lineup;

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
    this.stages = stages;
    this.homecoming = new Homecoming(crew, run);
    this.books = new Bookkeeping(crew, run, runId, startNs);
    this.lineup = new Lineup(crew, run, runId, startNs);
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
      nothingLeft = homecoming.stopAll(lineup.all(), experiment().deadlines().stop()).isEmpty();
      collected = collect();
    }
    Optional<ControlReport> control = ControlReport.read(run);
    boolean cutShort = abandoned.isPresent() || control.map(Verdicts::calledOff).orElse(true);
    if (!cutShort) {
      nameTheFailed(control);
    }
    ExitCode code = verdict(abandoned, control, collected && nothingLeft);
    Optional<Analyzer.Found> found = Optional.empty();
    AnalysisStage analysis = new AnalysisStage(crew, services.analyzer(), run);
    if (stages.contains(Stage.ANALYZE) && analysis.isWorthwhile() && !stopped()) {
      found = analysis.analyze(experiment().deadlines().analyze());
      // An analysis that failed counts unless the run itself went wrong before.
      if (code == ExitCode.SUCCESS && analysis.fault().isPresent()) {
        code = analysis.fault().get();
      }
    }
    Map<String, String> outcomes = new LinkedHashMap<>();
    experiment()
        .nodes()
        .keySet()
        .forEach(node -> outcomes.put(node, outcome(node, cutShort, control)));
    return conclude(
        code, abandoned.map(Abandoned::getMessage), outcomes, control, found, nothingLeft);
  }

  /** Who asks for a stop waits for the end, and can have the report of what there is later. */
  private boolean stopped() {
    boolean stopped = crew.cancellation().requested();
    if (stopped) {
      crew.journal().info("not analysed, since a stop was asked for; this does it: analyze " + run);
    }
    return stopped;
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
    Launch launch = new Launch(crew, releases, lineup::save);
    lineup.enrol(sites);
    CommandLines lines = start(launch);
    new Conduct(crew, lineup, services.progress()).conduct(launch, lines);
  }

  /** Starts time server and workers, and waits until each can be told what to do. */
  private CommandLines start(Launch launch) {
    Deadline deadline =
        crew.begin(
            Stage.START, lineup.all().size() - 1, "process", experiment().deadlines().start());
    List<HostPort> timeServers = experiment().time().servers();
    Optional<Experiment.Serve> serve = experiment().time().serve();
    if (serve.isPresent()) {
      Member server = lineup.get(Names.TIMESERVER);
      CommandLines lines = new CommandLines(experiment(), runId, timeServers);
      List<String> argv =
          lines.timeserver(serve.get(), launch.executable(server.site(), "timeserver"));
      launch.startAlone(Stage.START, server, argv, deadline);
      new Readiness(crew).await(new LinkedHashMap<>(Map.of(Names.TIMESERVER, server)), deadline);
      crew.requireCrew(Stage.START);
      timeServers =
          List.of(
              new HostPort(serve.get().address(), server.ready().map(Ready::port).orElseThrow()));
    }
    CommandLines lines = new CommandLines(experiment(), runId, timeServers);
    launch.startWorkers(lineup.healthyWorkers(), lines, deadline);
    crew.requireCrew(Stage.START);
    new Readiness(crew).await(lineup.healthyWorkers(), deadline);
    crew.requireCrew(Stage.START);
    return lines;
  }

  /** Those who did not complete, with the coordinator's reason if there is none nearer to it. */
  private void nameTheFailed(Optional<ControlReport> control) {
    control.ifPresent(
        report ->
            report
                .workers()
                .forEach(
                    (node, worker) -> {
                      if (worker.end() == WorkerEnd.FAILED) {
                        crew.roster()
                            .fail(node, node + ": " + worker.reason(), ExitCode.SOME_FAILED);
                      }
                    }));
  }

  private boolean collect() {
    SequencedMap<String, Member> started = lineup.started();
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

  /** The coordinator's exit code, unless this side knows of something worse. */
  private ExitCode verdict(
      Optional<Abandoned> abandoned, Optional<ControlReport> control, boolean clean) {
    if (abandoned.isPresent()) {
      return abandoned.get().exitCode();
    }
    ExitCode code =
        control
            .map(ControlReport::exitCode)
            .or(() -> Verdicts.known(lineup.get(Names.COORDINATOR).exitCode().orElse(-1)))
            .orElse(ExitCode.SOME_FAILED);
    if (code != ExitCode.SUCCESS) {
      return code;
    }
    int failed = crew.roster().failedNodes().size();
    boolean blemished = crew.roster().failed(Names.COORDINATOR) || control.isEmpty() || !clean;
    return failed == 0 && blemished
        ? ExitCode.SOME_FAILED
        : Verdicts.afterRun(crew.roster().nodeCount(), failed);
  }

  private Deployment.Result conclude(
      ExitCode code,
      Optional<String> abandoned,
      Map<String, String> outcomes,
      Optional<ControlReport> control,
      Optional<Analyzer.Found> found,
      boolean nothingLeft) {
    Ending ending = new Ending(crew, run, outcomes, control);
    String table = ending.table(found);
    String outcome = abandoned.orElseGet(() -> ending.sentence(code));
    if (nothingLeft) {
      ending.forgetState();
    } else {
      crew.journal().error("something may still run: deploy stop " + run);
    }
    books.end(code, outcome, lineup.all().values(), outcomes, control, found);
    return new Deployment.Result(
        code, outcome, abandoned.isPresent(), table, Optional.of(run), found);
  }

  /** Nodes that had to end because the run did are neither failed nor through. */
  private String outcome(String node, boolean cutShort, Optional<ControlReport> control) {
    if (crew.roster().failed(node)) {
      return WorkerEnd.FAILED.outcome();
    }
    WorkerEnd end =
        control
            .flatMap(report -> report.end(node))
            .orElse(cutShort ? WorkerEnd.STOPPED : WorkerEnd.COMPLETED);
    if (end == WorkerEnd.COMPLETED) {
      return WorkerEnd.COMPLETED.outcome();
    }
    return lineup.started().containsKey(node) ? WorkerEnd.STOPPED.outcome() : "not started";
  }
}

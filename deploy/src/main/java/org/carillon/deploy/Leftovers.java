package org.carillon.deploy;

import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.Table;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.run.ExperimentLock;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.run.WorkerEnd;
import org.carillon.core.time.ClockSource;
import org.carillon.ssh.Command;
import org.carillon.ssh.Detached;
import org.carillon.ssh.DetachedProcess;
import org.carillon.ssh.DetachedState;

/**
 * Looks after a run whose deploy has died: what still runs, how to end it, and how to get what it
 * recorded. Works from the run directory alone.
 */
public final class Leftovers {

  private static final Duration ASK = Duration.ofSeconds(30);

  private final RunDirectory run;
  private final RunState state;
  private final Crew crew;
  private final Analyzer analyzer;

  /**
   * @param experiment as resolved in the run directory
   * @throws CarillonException USAGE if nothing of the run is under way
   */
  public Leftovers(
      RunDirectory run,
      Experiment experiment,
      Distribution distribution,
      Connector connector,
      Analyzer analyzer,
      ClockSource clock,
      Cancellation cancellation) {
    this.run = run;
    this.state = RunState.read(run);
    this.analyzer = analyzer;
    Journal journal = new Journal(clock);
    this.crew =
        new Crew(
            experiment,
            distribution,
            connector,
            clock,
            journal,
            new Roster(journal, experiment.nodes().keySet()),
            cancellation,
            true);
  }

  /** Says what has become of every process; touches nothing. */
  public Deployment.Result status() {
    try (Arrival arrival = arrival()) {
      SequencedMap<String, Member> members = members(arrival);
      SequencedMap<String, String> states = states(members);
      long running = states.values().stream().filter("running"::equals).count();
      String outcome = running == 1 ? "1 process is running" : running + " processes are running";
      return result(ExitCode.SUCCESS, outcome, table(states));
    }
  }

  /** Ends every process that still runs. */
  public Deployment.Result stop() {
    try (ExperimentLock _ = lock();
        Arrival arrival = arrival()) {
      SequencedMap<String, Member> members = members(arrival);
      SequencedMap<String, String> left =
          new Homecoming(crew, run).stopAll(members, crew.experiment().deadlines().stop());
      SequencedMap<String, String> states = states(members);
      boolean complete = left.isEmpty() && crew.roster().failures().isEmpty();
      return result(
          complete ? ExitCode.SUCCESS : ExitCode.CONNECTION,
          complete
              ? "nothing runs any more; deploy collect " + run + " brings the data home"
              : "not everything could be stopped",
          table(states));
    }
  }

  /** Brings home what was recorded, and has it analysed. */
  public Deployment.Result collect() {
    try (ExperimentLock _ = lock();
        Arrival arrival = arrival()) {
      SequencedMap<String, Member> members = members(arrival);
      requireEnded(members);
      members.values().removeIf(this::leftNothingThere);
      Homecoming homecoming = new Homecoming(crew, run);
      Deadline deadline = new Deadline(crew.clock(), crew.experiment().deadlines().collect());
      SequencedMap<String, String> missing = homecoming.collect(members, deadline);
      missing.forEach((name, reason) -> crew.roster().fail(name, reason, ExitCode.CONNECTION));
      members.keySet().removeAll(missing.keySet());
      if (!crew.experiment().run().keepNodeFiles()) {
        homecoming.tidy(members, deadline);
        Homecoming.removeIfEmpty(run.work());
      }
      return conclude(members);
    }
  }

  private Deployment.Result conclude(SequencedMap<String, Member> members) {
    AnalysisStage analysis = new AnalysisStage(crew, analyzer, run);
    Optional<Analyzer.Found> found =
        Files.isRegularFile(run.coordinatorCsv()) || Files.isRegularFile(ControlReport.file(run))
            ? analysis.analyze(crew.experiment().deadlines().analyze())
            : Optional.empty();
    Optional<ControlReport> control = ControlReport.read(run);
    Map<String, String> outcomes = new LinkedHashMap<>();
    crew.experiment().nodes().keySet().forEach(node -> outcomes.put(node, outcome(node, control)));
    Ending ending = new Ending(crew, run, outcomes, control);
    String table = ending.table(found);
    ExitCode code =
        crew.roster().failures().isEmpty()
            ? analysis.fault().orElse(found.isEmpty() ? ExitCode.NO_DATA : ExitCode.SUCCESS)
            : ExitCode.SOME_FAILED;
    String outcome = "collected after its deploy had died; " + ending.sentence(code);
    if (crew.roster().failures().isEmpty()) {
      ending.forgetState();
    }
    new Bookkeeping(crew, run, state.runId(), state.startNs())
        .end(code, outcome, members.values(), outcomes, control, found);
    return new Deployment.Result(code, outcome, false, table, Optional.of(run), found);
  }

  /** Whoever had not completed when the coordinator ended, or was ended, has been stopped. */
  private String outcome(String node, Optional<ControlReport> control) {
    if (crew.roster().failed(node)) {
      return WorkerEnd.FAILED.outcome();
    }
    boolean cutShort = control.map(Verdicts::calledOff).orElse(true);
    return control
        .flatMap(report -> report.end(node))
        .filter(end -> !cutShort || end != WorkerEnd.FAILED)
        .orElse(cutShort ? WorkerEnd.STOPPED : WorkerEnd.FAILED)
        .outcome();
  }

  private void requireEnded(SequencedMap<String, Member> members) {
    states(members)
        .forEach(
            (name, what) -> {
              if (what.equals("running")) {
                throw new CarillonException(
                    ExitCode.USAGE, name + " still runs; end it first: deploy stop " + run);
              }
            });
  }

  /**
   * True if a process has no folder on its host and need not have one: it was never started, or its
   * files were brought home, and the folder removed, before deploy died.
   */
  private boolean leftNothingThere(Member member) {
    boolean isThere =
        member
            .site()
            .host()
            .run(Command.of(List.of("test", "-d", member.folder()), ASK))
            .succeeded();
    if (isThere) {
      return false;
    }
    if (member.process().isEmpty()) {
      crew.journal().info(member.name() + ": was not started, so it left nothing to collect");
      return true;
    }
    boolean isHome =
        switch (member.role()) {
          case WORKER -> Files.isRegularFile(run.workerCsv(member.name()));
          case COORDINATOR -> Files.isRegularFile(run.coordinatorCsv());
          case TIMESERVER -> true;
        };
    if (isHome) {
      crew.journal().info(member.name() + ": its files are home already");
    }
    return isHome;
  }

  private ExperimentLock lock() {
    return ExperimentLock.take(run.path().getParent(), "process " + ProcessHandle.current().pid());
  }

  private Arrival arrival() {
    return new Arrival(crew, Deployment.nonce(), run.work().toString());
  }

  /** The processes of the run whose hosts can be reached. */
  private SequencedMap<String, Member> members(Arrival arrival) {
    Deadline deadline = new Deadline(crew.clock(), crew.experiment().deadlines().preflight());
    SequencedMap<String, Site> sites = arrival.connect(deadline);
    SequencedMap<String, Member> members = new LinkedHashMap<>();
    for (RunState.Entry entry : state.members()) {
      String host =
          entry.role() == Member.Role.COORDINATOR
              ? crew.coordinatorsNode().orElse(Names.COORDINATOR)
              : entry.name();
      Site site = sites.get(host);
      if (site != null) {
        Member member = new Member(entry.name(), entry.role(), site, entry.folder());
        entry.process().ifPresent(member::found);
        members.put(entry.name(), member);
      }
    }
    return members;
  }

  private SequencedMap<String, String> states(SequencedMap<String, Member> members) {
    Map<String, Outcome<String>> outcomes =
        FanOut.run(
            "asking",
            members,
            new Deadline(crew.clock(), ASK.multipliedBy(2)),
            crew.cancellation(),
            Leftovers::describe);
    SequencedMap<String, String> states = new LinkedHashMap<>();
    crew.roster().failures().forEach((name, failure) -> states.put(name, failure.reason()));
    outcomes.forEach(
        (name, outcome) ->
            states.put(
                name,
                switch (outcome) {
                  case Outcome.Done<String>(String said) -> said;
                  case Outcome.Failed<String>(String reason, ExitCode code) -> reason;
                }));
    return states;
  }

  private static String describe(Member member) {
    Optional<DetachedProcess> process =
        member
            .process()
            .or(() -> Detached.find(member.site().host(), member.folder(), member.name(), ASK));
    if (process.isEmpty()) {
      return "was not started";
    }
    member.found(process.get());
    return switch (Detached.state(member.site().host(), process.get(), ASK)) {
      case DetachedState.Running running -> "running";
      case DetachedState.Exited(int code) -> Verdicts.ending(code);
      case DetachedState.Gone gone -> "gone";
    };
  }

  private static String table(Map<String, String> states) {
    Table table = new Table("process", "state");
    states.forEach(table::row);
    return table.toString();
  }

  private Deployment.Result result(ExitCode code, String outcome, String table) {
    return new Deployment.Result(code, outcome, false, table, Optional.of(run), Optional.empty());
  }
}

package org.carillon.deploy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.Count;
import org.carillon.core.ExitCode;
import org.carillon.core.Table;
import org.carillon.core.experiment.ExperimentLoader;
import org.carillon.core.run.ExperimentLock;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;

/** One experiment from its checks to its report. */
public final class Deployment {

  /**
   * What is to be done.
   *
   * @param stages which of the stages
   * @param keepGoing whether to go on without nodes that fail before the run
   */
  public record Request(
      ExperimentLoader.Loaded loaded,
      Distribution distribution,
      Set<Stage> stages,
      boolean keepGoing) {}

  /**
   * With what it is done.
   *
   * @param clock of the head node
   * @param connector reaches the hosts
   * @param analyzer makes the report
   * @param progress is told the coordinator's progress
   */
  public record Services(
      ClockSource clock, Connector connector, Analyzer analyzer, ProgressListener progress) {}

  /**
   * What became of it.
   *
   * @param outcome one sentence
   * @param isSaid whether the log has that sentence already, from when it came about
   * @param table of the nodes, or empty text
   * @param run the run directory, if there is one
   * @param found by the analysis, if there was one
   */
  public record Result(
      ExitCode exitCode,
      String outcome,
      boolean isSaid,
      String table,
      Optional<RunDirectory> run,
      Optional<Analyzer.Found> found) {}

  private final Request request;
  private final Services services;
  private final Cancellation cancellation;
  private final Journal journal;
  private volatile Optional<RunDirectory> directory = Optional.empty();

  /**
   * @param cancellation stops the deployment in good order
   */
  public Deployment(Request request, Services services, Cancellation cancellation) {
    this.request = request;
    this.services = services;
    this.cancellation = cancellation;
    this.journal = new Journal(services.clock());
  }

  /**
   * Does it.
   *
   * @throws org.carillon.core.CarillonException if nothing could be begun, as when another run of
   *     the experiment is under way
   */
  public Result run() {
    return request.stages().contains(Stage.START) ? runExperiment() : prepareOnly();
  }

  /** The run directory once there is one; from any thread. */
  public Optional<RunDirectory> directory() {
    return directory;
  }

  private Crew crew() {
    return new Crew(
        request.loaded().experiment(),
        request.distribution(),
        services.connector(),
        services.clock(),
        journal,
        new Roster(journal, request.loaded().experiment().nodes().keySet()),
        cancellation,
        request.keepGoing());
  }

  /** Checks and brings the release to the hosts, without a run. */
  private Result prepareOnly() {
    Crew crew = crew();
    Path results = request.loaded().experiment().run().resultsDir();
    try (Arrival arrival = new Arrival(crew, nonce(), results.toString())) {
      var deadlines = request.loaded().experiment().deadlines();
      int hosts = Arrival.wanted(crew.experiment()).size();
      Deadline preflight = crew.begin(Stage.PREFLIGHT, hosts, "host", deadlines.preflight());
      var sites = arrival.connect(preflight);
      if (request.stages().contains(Stage.PREFLIGHT)) {
        arrival.preflight(sites, preflight);
      }
      sites.keySet().removeIf(crew.roster()::failed);
      if (request.stages().contains(Stage.STAGE)) {
        arrival.stage(sites, crew.begin(Stage.STAGE, sites.size(), "host", deadlines.stage()));
      }
      return prepared(crew, hosts, arrival);
    } catch (Abandoned e) {
      return new Result(
          e.exitCode(), e.getMessage(), false, "", Optional.empty(), Optional.empty());
    }
  }

  private Result prepared(Crew crew, int hosts, Arrival arrival) {
    var failures = crew.roster().failures();
    Table table = new Table("host", "outcome");
    Arrival.wanted(crew.experiment())
        .keySet()
        .forEach(name -> table.row(name, arrival.outcome(name)));
    ExitCode code =
        failures.isEmpty()
            ? ExitCode.SUCCESS
            : Verdicts.beforeRun(
                hosts, failures.values().stream().map(Outcome.Failed::exitCode).toList());
    String outcome =
        failures.isEmpty()
            ? (hosts == 1 ? "the host is ready" : "all " + hosts + " hosts are ready")
            : Count.of(failures.size(), hosts, "host")
                + (failures.size() == 1 ? " is not ready" : " are not ready");
    String checks = arrival.table();
    String both = checks.isEmpty() ? table.toString() : checks + "\n" + table;
    return new Result(code, outcome, false, both, Optional.empty(), Optional.empty());
  }

  private Result runExperiment() {
    var experiment = request.loaded().experiment();
    Path folder = RunDirectory.experimentFolder(experiment.run().resultsDir(), experiment.name());
    long startNs = services.clock().realtimeNs();
    try (ExperimentLock _ = ExperimentLock.take(folder, "process " + identity())) {
      RunDirectory run =
          RunDirectory.create(experiment.run().resultsDir(), experiment.name(), startNs);
      directory = Optional.of(run);
      journal.keepIn(run.log("deploy"));
      RunFiles.publish(run.experimentYaml(), request.loaded().resolvedYaml());
      journal.info("run directory: " + run);
      return new ExperimentRun(crew(), services, run, runId(), startNs, request.stages()).execute();
    }
  }

  private static String identity() {
    return ProcessHandle.current().pid()
        + " of "
        + System.getProperty("user.name")
        + ProcessHandle.current().info().startInstant().map(at -> " since " + at).orElse("");
  }

  private static String runId() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextLong());
  }

  static String nonce() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextLong());
  }

  /** The stages of which nothing is left out. */
  public static Set<Stage> allStages() {
    return Set.copyOf(List.of(Stage.values()));
  }
}

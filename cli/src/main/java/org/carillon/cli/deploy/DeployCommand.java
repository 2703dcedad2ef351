package org.carillon.cli.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.carillon.cli.Executable;
import org.carillon.cli.Interrupts;
import org.carillon.cli.LogOptions;
import org.carillon.cli.Version;
import org.carillon.control.identity.RunIdentity;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.ExperimentLoader;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.Deployment;
import org.carillon.deploy.Distribution;
import org.carillon.deploy.DryRun;
import org.carillon.deploy.Leftovers;
import org.carillon.deploy.ReportAnalyzer;
import org.carillon.deploy.SshConnector;
import org.carillon.deploy.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The executable {@code deploy}. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommandsRepeatable = false,
    subcommands = {ReleaseCommand.class, ResumeCommand.class, HistoryCommand.class},
    description = {
      "Runs an experiment from end to end: checks every host, brings the release there, starts"
          + " workers, lets the clocks warm up, starts events or a command at one instant on all"
          + " nodes, brings the records home, and has them analysed.",
      "",
      "What was started is always stopped, and what was recorded is always collected: also when a"
          + " worker dies, a deadline passes, or Ctrl-C is pressed (a second one ends at once). The"
          + " run directory holds everything, and experiment.yaml in it can be run again.",
      "",
      "Standard output holds the answer; the log goes to standard error and to logs/deploy.log in"
          + " the run directory.",
      ""
    },
    footer = {
      "  Run an experiment, or a smaller one from the same file:",
      "    deploy examples/quickstart.yaml",
      "    deploy examples/quickstart.yaml --set workload.events=500",
      "  Look before you run: every step, or every host's answers:",
      "    deploy examples/lab.yaml --dry-run",
      "    deploy examples/lab.yaml --stages preflight",
      "  From cron, without nodes that are down tonight:",
      "    deploy nightly.yaml --quiet --keep-going",
      "  After deploy itself was killed:",
      "    deploy status runs/quickstart/2026-11-22T10-15-30Z"
    })
public final class DeployCommand implements Callable<Integer> {

  private static final String STOPPING = "stopping what was started and collecting";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "EXPERIMENT.yaml",
      arity = "0..1",
      description = "The experiment file; docs/experiment-file.md has every key.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the file, such as workload.events=500; may be given several times."
              + " Overrides local.yaml too, which lies beside the file and overrides it.")
  private List<String> settings = List.of();

  @Option(
      names = "--dry-run",
      description =
          "Print the file as resolved and every step on every host, without touching one.")
  private boolean dryRun;

  @Option(
      names = "--stages",
      paramLabel = "STAGE",
      description =
          "Only these stages, separated by commas, of preflight, stage, start, warm-up, run, collect"
              + " and analyze (default: all).")
  private String stages;

  @Option(
      names = "--keep-going",
      description =
          "Go on without nodes that fail before the common start, instead of giving up; as"
              + " run.policy.prepare: best-effort in the file, and without hosts that are down, too.")
  private boolean keepGoing;

  @Option(names = "--quiet", description = "Print nothing unless something is wrong; for cron.")
  private boolean quiet;

  @Option(
      names = "--progress",
      paramLabel = "FORM",
      defaultValue = "auto",
      description =
          "auto (a bar on a terminal, lines elsewhere), json (one object a second on standard"
              + " output), or none (default: ${DEFAULT-VALUE}).")
  private RunProgress.Form progress;

  @Mixin private LogOptions log;

  /** Starts the executable. */
  public static void main(String[] args) {
    Executable.main(new DeployCommand(), args);
  }

  @Override
  public Integer call() {
    if (file == null) {
      throw refuse("name an experiment file, such as: deploy examples/quickstart.yaml");
    }
    Set<Stage> chosen = chosenStages();
    startLog();
    ExperimentLoader.Loaded loaded = ExperimentLoader.load(file, settings, Path.of(""));
    Distribution distribution = Distribution.ofThisProgram();
    if (dryRun) {
      spec.commandLine().getOut().print(DryRun.text(loaded, distribution, chosen));
      spec.commandLine().getOut().flush();
      return ExitCode.SUCCESS.code();
    }
    ClockSource clock = new SystemClock();
    Cancellation cancellation = new Cancellation();
    try (SshConnector connector = new SshConnector(loaded.experiment().ssh())) {
      Deployment.Services services =
          new Deployment.Services(
              clock,
              connector,
              new ReportAnalyzer(),
              RunProgress.of(quiet ? RunProgress.Form.NONE : progress, clock));
      Deployment deployment =
          new Deployment(
              new Deployment.Request(loaded, distribution, chosen, keepGoing),
              services,
              cancellation);
      Interrupts.onFirst(
          STOPPING,
          cancellation::request,
          () -> deployment.directory().map(DeployCommand::remedy).orElse("ended at once"));
      return new DeployReport(spec.commandLine().getOut(), quiet).print(deployment.run());
    }
  }

  private Set<Stage> chosenStages() {
    if (stages == null) {
      return Deployment.allStages();
    }
    try {
      return Stage.parse(stages);
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private void startLog() {
    if (quiet) {
      log.applyQuietly();
    } else {
      log.apply();
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      footer = "  deploy status runs/quickstart/2026-11-22T10-15-30Z",
      description = "Says what of a run still runs whose deploy has died; touches nothing.")
  int status(@Parameters(paramLabel = "RUN_DIR", description = "The run's directory.") Path run) {
    return onLeftovers(run, Leftovers::status);
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      footer = "  deploy stop runs/quickstart/2026-11-22T10-15-30Z",
      description = "Ends every process of a run whose deploy has died.")
  int stop(@Parameters(paramLabel = "RUN_DIR", description = "The run's directory.") Path run) {
    return onLeftovers(run, Leftovers::stop);
  }

  @Command(
      name = "collect",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      footer = "  deploy collect runs/quickstart/2026-11-22T10-15-30Z",
      description =
          "Brings home and analyses what a run recorded whose deploy has died; stop it first.")
  int collect(@Parameters(paramLabel = "RUN_DIR", description = "The run's directory.") Path run) {
    return onLeftovers(run, Leftovers::collect);
  }

  @Command(
      name = "identity",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      footer = {
        "  deploy identity run.pem",
        "  worker --control n1:9001 --identity run.pem ...       (on every node)",
        "  coordinator --agents n1:9001,n2:9001 --identity run.pem ..."
      },
      description =
          "Makes an identity for a run whose workers and coordinator you start yourself: a key and a"
              + " certificate in a new file of mode 0600. Who can read it can command the workers:"
              + " copy it to the nodes with care, and make a new one for the next run.")
  int identity(@Parameters(paramLabel = "FILE", description = "The new file.") Path target) {
    startLog();
    RunIdentity identity = RunIdentity.create();
    identity.write(target);
    if (!quiet) {
      spec.commandLine().getOut().println(target + ": SHA-256 " + identity.fingerprint());
      spec.commandLine().getOut().flush();
    }
    return ExitCode.SUCCESS.code();
  }

  private int onLeftovers(Path path, Function<Leftovers, Deployment.Result> action) {
    startLog();
    RunDirectory run = RunDirectory.open(path);
    ExperimentLoader.Loaded loaded =
        ExperimentLoader.load(run.experimentYaml(), List.of(), Path.of(""));
    Cancellation cancellation = new Cancellation();
    Interrupts.onFirst(STOPPING, cancellation::request, () -> remedy(run));
    try (SshConnector connector = new SshConnector(loaded.experiment().ssh())) {
      Leftovers leftovers =
          new Leftovers(
              run,
              loaded.experiment(),
              Distribution.ofThisProgram(),
              connector,
              new ReportAnalyzer(),
              new SystemClock(),
              cancellation);
      return new DeployReport(spec.commandLine().getOut(), quiet).print(action.apply(leftovers));
    }
  }

  private static String remedy(RunDirectory run) {
    return "ended at once, and something may still run: deploy stop "
        + run
        + ", then deploy collect "
        + run;
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

package org.carillon.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carillon.core.event.RunId;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.net.HostPort;
import org.carillon.events.send.ControlledCoordinator;
import org.carillon.events.send.ControlledCoordinatorOptions;
import org.carillon.events.send.Coordinator;
import org.carillon.events.send.CoordinatorOptions;
import org.carillon.events.send.EventPlan;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The executable {@code coordinator}. */
@Command(
    name = "coordinator",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = {
      "coordinator --workers=HOST:PORT,... --output=FILE [OPTION...]",
      "       coordinator --agents=HOST:PORT,... --output=FILE [OPTION...]",
      "       coordinator --agents=HOST:PORT,... --output=FILE [OPTION...]",
      "                   -- COMMAND..."
    },
    description = {
      "Sends events to all workers on an absolute schedule and records when it did.",
      "",
      "Event n is due at the start plus the sum of the delays before it, so errors never add up. How"
          + " much later than due each one was sent is recorded. From an event on whose"
          + " turn comes 1 ms or more after it was due, each keeps at least half of its planned"
          + " distance to the one before, until that no longer delays an event. A send that fails is recorded in workers_failed and does"
          + " not stop the rest. An output file that exists is kept under another name (FILE.1,"
          + " FILE.2, ...).",
      "",
      "The exit code is 1 if every send failed, 2 if some did or events were later than"
          + " --max-lateness, 3 after SIGINT or SIGTERM, 7 if there"
          + " was no event to send.",
      "",
      "With --agents it commands the workers, too, which were started with --control: it waits until"
          + " their clocks are good enough, lets all begin at one instant of true time, says every"
          + " second how they do, and ends with them. In place of events they can run a command,"
          + " which stands behind --. What became of the run is in control.json and results.tsv"
          + " beside the --output. The exit code is then 1 if all workers failed, 2 if some did or"
          + " events were later than --max-lateness, 3 if the run was called off, 8 if the clocks did not become good enough.",
      ""
    },
    footer = {
      "  3,000 events over half an hour:",
      "    coordinator --workers n1:9000,n2:9000 --ntp-server ntp1 \\",
      "        --num-events 3000 --target-duration 30m --output out/coordinator.csv",
      "  To a worker of the Python toolkit:",
      "    coordinator --workers localhost:9000 --rate 100 --wire json \\",
      "        --output coordinator.csv",
      "  Ten thousand a second that arrive at random, five at a time:",
      "    coordinator --workers n1:9000 --rate 10000 --arrivals poisson --burst 5 \\",
      "        --seed 7 --num-events 600000 --max-lateness 1ms --output out/sent.csv",
      "  As far apart as in an earlier run:",
      "    coordinator --workers n1:9000 --replay old/coordinator.csv --output out/sent.csv",
      "  From a file with the options' names as keys, such as workers: [n1:9000]:",
      "    coordinator --config coordinator.yaml --num-events 10",
      "  Workers with a control port; all begin at one instant:",
      "    coordinator --agents n1:9001,n2:9001 --identity run.pem \\",
      "        --ntp-server ntp1 --rate 1000 --num-events 60000 --output out/sent.csv",
      "  A benchmark that begins on all nodes at one instant:",
      "    coordinator --agents n1:9001,n2:9001 --identity run.pem \\",
      "        --ntp-server ntp1 --output out/sent.csv -- ./benchmark --threads 8"
    })
final class CoordinatorCommand implements Callable<Integer> {

  private static final Duration WARMUP_WITH_NTP = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file with these options' names as keys; what stands on the command line counts"
              + " more.")
  private Path config;

  @Option(
      names = "--workers",
      paramLabel = "HOST:PORT",
      split = ",",
      converter = Converters.OfHostPort.class,
      description = "Whom to send to, separated by commas. This or --agents is required.")
  private List<HostPort> workers;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "CSV file for the events; its folder is made if need be. Required. With --agents the"
              + " other files of the run stand beside it.")
  private Path output;

  @Mixin private TimeOptions time;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      converter = Converters.OfRunId.class,
      description =
          "Number of the run in binary datagrams, 16 hexadecimal digits or a decimal number"
              + " (default: a random one, which is logged).")
  private Long runId;

  @Option(
      names = "--warmup",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "How long the clock is measured before the first event (default: 5s with --ntp-server or"
              + " --chronotick-server, else none).")
  private Duration warmup;

  @Option(
      names = "--start-delay",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "When the first event is due after the warm-up (default: 0s); with --agents, when all"
              + " begin after they are told to (default: 10s).")
  private Duration startDelay;

  @Mixin private ProgressOptions progress;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description =
          "Appears when the warm-up is over, with --agents when the workers are called: JSON with"
              + " pid, clock and run_id.")
  private Path readyFile;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description =
          "With --workers: appears when the coordinator ends, its totals as one line of JSON. With"
              + " --agents, control.json has them.")
  private Path summaryFile;

  @ArgGroup(validate = false, heading = "%nEvents:%n")
  private EventPlanOptions events = new EventPlanOptions();

  @ArgGroup(validate = false, heading = "%nPunctuality:%n")
  private PunctualityOptions punctuality = new PunctualityOptions();

  @ArgGroup(validate = false, heading = "%nWorkers with a control port:%n")
  private AgentsOptions agents = new AgentsOptions();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description =
          "With --agents: run this command on every node, in place of events. It stands behind --.")
  private List<String> command = List.of();

  @Mixin private FaultOptions faults;

  @Mixin private LifetimeOptions lifetime;

  @Mixin private LogOptions log;

  /** Starts the executable. */
  public static void main(String[] args) {
    Executable.main(new CoordinatorCommand(), args);
  }

  @Override
  public Integer call() {
    if (config != null) {
      log.apply(); // what stands on the command line holds for faults of the file, too
      ConfigFile.apply(config, spec.commandLine());
    }
    if (output == null) {
      throw refuse("--output is missing: name the CSV file for the events");
    }
    return agents.isGiven() ? drive() : sendAlone();
  }

  private int sendAlone() {
    if (workers == null) {
      throw refuse(
          "--workers is missing: name whom to send to, such as --workers n1:9000,n2:9000; or, to"
              + " command workers that have a control port, --agents");
    }
    Given.refuse(spec, Given.groupOf(spec, "--agents"), "needs --agents");
    if (!command.isEmpty()) {
      throw refuse(
          "'" + command.getFirst() + "' is no option; a command for the nodes needs --agents");
    }
    log.apply(); // before a recording is read, for faults of it
    CoordinatorOptions options = options();
    FaultPlan plan = faults.plan();
    lifetime.start();
    Coordinator coordinator =
        new Coordinator(options, FaultInjector.start(plan, time.clock()), progress.display());
    Signals.onStop(coordinator::stop);
    return coordinator.run().exitCode().code();
  }

  private int drive() {
    Given.refuse(
        spec,
        List.of("--workers"),
        "and --agents exclude each other: workers with a control port say themselves where they"
            + " await events");
    Given.refuse(
        spec,
        List.of("--warmup"),
        "is for --workers; with --agents, --worker-warmup is how long all clocks are measured");
    Given.refuse(
        spec, List.of("--summary"), "is for --workers; with --agents, control.json has the totals");
    AgentsOptions.refuseWhatMeansNothing(spec, !command.isEmpty());
    log.apply(); // before the identity is read, for faults of it
    ControlledCoordinatorOptions options = controlledOptions();
    FaultPlan plan = faults.plan();
    lifetime.start();
    try (ControlledCoordinator coordinator =
        ControlledCoordinator.open(
            options,
            FaultInjector.start(plan, time.clock()),
            sending -> progress.view(time.clock(), sending))) {
      Signals.onStop(() -> coordinator.abort("the coordinator was told to end"));
      Interrupts.onFirst(
          "calling the run off",
          () -> coordinator.abort("the coordinator was told to end"),
          () -> "ended at once; the workers end by themselves when their grace time is over");
      return coordinator.run().exitCode().code();
    }
  }

  private CoordinatorOptions options() {
    try {
      return new CoordinatorOptions(
          workers,
          events.plan(runId(), punctuality.toSendingOptions()),
          time.toClockOptions(),
          output,
          warmup == null ? (time.isMeasured() ? WARMUP_WITH_NTP : Duration.ZERO) : warmup,
          startDelay == null ? Duration.ZERO : startDelay,
          Optional.ofNullable(readyFile),
          Optional.ofNullable(summaryFile));
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private ControlledCoordinatorOptions controlledOptions() {
    Optional<Duration> delay = Optional.ofNullable(startDelay);
    try {
      Optional<EventPlan> plan =
          command.isEmpty()
              ? Optional.of(events.plan(runId(), punctuality.toSendingOptions()))
              : Optional.empty();
      return new ControlledCoordinatorOptions(
          plan.map(it -> agents.forEvents(spec, it, delay))
              .orElseGet(() -> agents.forCommand(spec, runId(), command, delay)),
          plan,
          time.toClockOptions(),
          output,
          Optional.ofNullable(readyFile));
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private long runId() {
    return runId == null ? RunId.random() : runId;
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

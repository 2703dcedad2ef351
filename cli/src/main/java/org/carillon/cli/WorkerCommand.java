package org.carillon.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.carillon.control.agent.AgentOptions;
import org.carillon.control.identity.RunIdentity;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.time.ClockSource;
import org.carillon.events.receive.ControlledWorker;
import org.carillon.events.receive.Worker;
import org.carillon.events.receive.WorkerOptions;
import org.carillon.exec.ExecWorkload;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The executable {@code worker}. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "worker --node-id=NODE --listen-port=PORT --output=FILE [OPTION...]",
    description = {
      "Receives events on one node and records when they came.",
      "",
      "The port is bound at once; while the clock is measured (--warmup), events are recorded"
          + " already. Each event becomes one row of the output file; duplicates are recorded too,"
          + " events of another run are counted only. An output file that exists is kept under"
          + " another name (FILE.1, FILE.2, ...). Beside it, samples_NODE.csv holds every exchange"
          + " with an NTP server, clock_NODE.csv steps and other surprises of the clock,"
          + " reception_NODE.csv what came and what was dropped in each second, and"
          + " commit_wait_NODE.csv what --commit-wait asks for.",
      "",
      "SIGTERM or SIGINT ends it: what has arrived is written, the totals are logged, and the exit"
          + " code is 0, or 2 if rows could not be written.",
      "",
      "With --control it is a coordinator that says when to begin and to end: for one run, in"
          + " which all workers start at one instant. What --warmup, --commit-wait and --run-id"
          + " say elsewhere is then the coordinator's to say. A worker that loses its coordinator"
          + " records until its grace time is over; then it closes its files and ends with exit"
          + " code 4.",
      ""
    },
    footer = {
      "  Two NTP servers, three minutes of warm-up:",
      "    worker --node-id n1 --listen-port 9000 --ntp-server ntp1,ntp2:1123 \\",
      "        --output out/worker_n1.csv",
      "  A clock with known errors, to rehearse with:",
      "    worker --node-id n1 --listen-port 9000 --warmup 10s \\",
      "        --clock simulated:offset=3ms,drift_ppm=20 --output worker_n1.csv",
      "  For a minute, ready at once:",
      "    worker --node-id n1 --listen-port 9000 --warmup 0s --max-runtime 60s \\",
      "        --output worker_n1.csv",
      "  At the service of a coordinator that has the same identity:",
      "    deploy identity run.pem",
      "    worker --node-id n1 --listen-port 9000 --ntp-server ntp1 \\",
      "        --control 0.0.0.0:9001 --identity run.pem --output worker_n1.csv"
    })
final class WorkerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--node-id",
      required = true,
      paramLabel = "NODE",
      description = "Name of this node in rows and file names.")
  private String nodeId;

  @Option(
      names = "--listen-port",
      paramLabel = "PORT",
      description =
          "UDP port for events; 0 takes a free one, which the log and --ready-file tell. Required"
              + " without --control, else 0 by default.")
  private Integer listenPort;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "CSV file for the events; its folder is made if need be.")
  private Path output;

  @Mixin private TimeOptions time;

  @Option(
      names = "--warmup",
      paramLabel = "DURATION",
      defaultValue = "3m",
      converter = Converters.OfDuration.class,
      description = "How long the clock is measured before the worker is ready (default: 3m).")
  private Duration warmup;

  @Option(
      names = "--commit-wait",
      paramLabel = "DURATION",
      split = ",",
      converter = Converters.OfDuration.class,
      description =
          "Note for each event, these delays after it came, how uncertain the clock is then, such"
              + " as 30s,60s.")
  private List<Duration> commitWaits = List.of();

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      converter = Converters.OfRunId.class,
      description =
          "Record binary events of this run only, 16 hexadecimal digits or a decimal number; without"
              + " it those of any run. JSON events carry no run id and are always recorded.")
  private Long runId;

  @Mixin private ReceivingOptions receiving;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description =
          "Appears when the warm-up is over, with --control when the control port is open: JSON"
              + " with node, pid, port, clock, ntp_offset_ms, ntp_uncertainty_ms and run_id, and"
              + " control_port.")
  private Path readyFile;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Appears when the worker ends: its totals as one line of JSON.")
  private Path summaryFile;

  @ArgGroup(validate = false, heading = "%nUnder a coordinator:%n")
  private ControlPortOptions control = new ControlPortOptions();

  @Mixin private FaultOptions faults;

  @Mixin private LifetimeOptions lifetime;

  @Mixin private LogOptions log;

  /** Starts the executable. */
  public static void main(String[] args) {
    Executable.main(new WorkerCommand(), args);
  }

  @Override
  public Integer call() {
    return control.control() == null ? runAlone() : runControlled();
  }

  private int runAlone() {
    Given.refuse(spec, Given.groupOf(spec, "--control"), "needs --control");
    if (listenPort == null) {
      throw refuse("--listen-port is missing: name the UDP port for events, or 0 for a free one");
    }
    WorkerOptions options = options();
    FaultPlan plan = faults.plan();
    log.apply();
    lifetime.start();
    try (Worker worker = Worker.open(options, FaultInjector.start(plan, time.clock()))) {
      Signals.onStop(worker::stop);
      return worker.run().exitCode().code();
    }
  }

  private int runControlled() {
    Given.refuse(
        spec,
        List.of("--run-id", "--warmup", "--commit-wait"),
        "is the coordinator's to say when there is --control: leave it out here");
    if (!time.isMeasuredByNtp()) {
      throw refuse("--ntp-server is missing: a common start needs a clock whose error is known");
    }
    WorkerOptions options = options();
    log.apply(); // before the identity is read, for faults of it
    FaultPlan plan = faults.plan();
    InetSocketAddress listen = AgentOptions.listen(control.control());
    Optional<RunIdentity> identity = control.identity(spec);
    lifetime.start();
    FaultInjector injector = FaultInjector.start(plan, time.clock());
    AgentOptions agent =
        new AgentOptions(
            nodeId, listen, identity, injector.clock().specification(), injector.text());
    try (ControlledWorker worker =
        ControlledWorker.open(options, agent, commands(injector.clock()), injector)) {
      Signals.onStop(worker::stop);
      return worker.run().exitCode().code();
    }
  }

  /** What runs commands; their output stands beside that of events. */
  private Optional<ControlledWorker.ExecMaker> commands(ClockSource clock) {
    Path folder = output.toAbsolutePath().getParent();
    return control.allowsExec()
        ? Optional.of((run, command) -> new ExecWorkload(command, run, nodeId, folder, clock))
        : Optional.empty();
  }

  private WorkerOptions options() {
    try {
      return new WorkerOptions(
          nodeId,
          listenPort == null ? 0 : listenPort,
          time.toClockOptions(),
          output,
          warmup,
          commitWaits,
          runId == null ? OptionalLong.empty() : OptionalLong.of(runId),
          receiving.toReceiveOptions(),
          Optional.ofNullable(readyFile),
          Optional.ofNullable(summaryFile));
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

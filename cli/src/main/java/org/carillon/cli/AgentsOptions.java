package org.carillon.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.control.controller.AgentAddress;
import org.carillon.control.controller.ControllerOptions;
import org.carillon.control.controller.FailurePolicy;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.events.send.EventPlan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a coordinator drives workers over control streams. */
final class AgentsOptions extends IdentityOptions {

  private static final List<String> OF_EVENTS = List.of("--settle", "--commit-wait");

  private static final List<String> OF_COMMANDS =
      List.of("--exec-timeout", "--exec-env", "--exec-output-limit");

  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(1);
  private static final Duration START_DELAY = Duration.ofSeconds(10);

  /** Until whoever is slow must be taken for stuck. */
  private static final Duration RUN_MARGIN = Duration.ofMinutes(1);

  @Option(
      names = "--agents",
      paramLabel = "[NAME=]HOST:PORT[@HOST]",
      split = ",",
      converter = Converters.OfAgent.class,
      description =
          "Control ports of the workers, separated by commas. NAME is checked against the worker's"
              + " --node-id; events go to the HOST behind @, if that is another.")
  private List<AgentAddress> agents = List.of();

  @Option(
      names = "--worker-warmup",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How long every worker measures its clock before it is ready (default: 5s).")
  private Duration workerWarmup = Duration.ofSeconds(5);

  @Option(
      names = "--max-clock-bound",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "The start waits until every node knows true time to within this, to either side"
              + " (default: 5ms).")
  private Duration maxClockBound = Duration.ofMillis(5);

  @Option(
      names = "--clock-gate",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "How long the start waits for the clocks; at its end the exit code is 8 (default:"
              + " 30s).")
  private Duration clockGate = Duration.ofSeconds(30);

  @Option(
      names = "--fast-start",
      description = "Shorten the --start-delay to what the slowest worker needs.")
  private boolean fastStart;

  @Option(
      names = "--prepare-policy",
      paramLabel = "POLICY",
      converter = Converters.OfPolicy.class,
      description =
          "Who must get ready: all, quorum:N or best-effort, which is at least one (default: all).")
  private FailurePolicy preparePolicy = new FailurePolicy.All();

  @Option(
      names = "--run-policy",
      paramLabel = "POLICY",
      converter = Converters.OfPolicy.class,
      description =
          "Who must hold out once started; without them the run is called off (default:"
              + " best-effort).")
  private FailurePolicy runPolicy = new FailurePolicy.BestEffort();

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "How long a worker goes on without its coordinator, and is waited for (default: 60s).")
  private Duration grace = Duration.ofSeconds(60);

  @Option(
      names = "--settle",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "How long workers wait for events that have not come after the last was sent (default:"
              + " 2s).")
  private Duration settle = Duration.ofSeconds(2);

  @Option(
      names = "--commit-wait",
      paramLabel = "DURATION",
      split = ",",
      converter = Converters.OfDuration.class,
      description =
          "Let workers note for each event, these delays after it came, how uncertain their clocks"
              + " are then, such as 30s,60s.")
  private List<Duration> commitWaits = List.of();

  @Option(
      names = "--run-deadline",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "How long the run may last from its start on (default: what the events or the command may"
              + " take, --grace and a minute).")
  private Duration runDeadline;

  @Option(
      names = "--exec-timeout",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How long the command may run; then it is ended (default: 10m).")
  private Duration execTimeout = Duration.ofMinutes(10);

  @Option(
      names = "--exec-env",
      paramLabel = "NAME=VALUE",
      description = "Add to the command's environment; may be repeated.")
  private Map<String, String> execEnvironment = Map.of();

  @Option(
      names = "--exec-output-limit",
      paramLabel = "SIZE",
      converter = Converters.OfSize.class,
      description =
          "How much of the command's standard output, and of its standard error, is kept (default:"
              + " 64MiB).")
  private long execOutputLimitBytes = 64L << 20;

  /** Complains of options of events beside a command, and of a command's without one. */
  static void refuseWhatMeansNothing(CommandSpec spec, boolean hasCommand) {
    if (hasCommand) {
      List<String> ofEvents = new ArrayList<>(Given.groupOf(spec, "--rate"));
      ofEvents.addAll(Given.groupOf(spec, "--spin"));
      ofEvents.addAll(OF_EVENTS);
      Given.refuse(
          spec,
          ofEvents,
          "is for events, and a command stands in place of them: leave out one of the two");
    } else {
      Given.refuse(spec, OF_COMMANDS, "needs a command, which stands behind --");
    }
  }

  /** Whether workers were named. */
  boolean isGiven() {
    return !agents.isEmpty();
  }

  /**
   * How to drive workers that receive events.
   *
   * @throws IllegalArgumentException with a sentence if a value is no good
   */
  ControllerOptions forEvents(CommandSpec spec, EventPlan plan, Optional<Duration> startDelay) {
    Duration longestWait = commitWaits.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    return options(
        spec,
        plan.runId(),
        new WorkloadSpec.EventStream(commitWaits, settle),
        Duration.ofNanos(plan.lastDueNs()).plus(settle).plus(longestWait),
        startDelay);
  }

  /** How to drive workers that run a command. */
  ControllerOptions forCommand(
      CommandSpec spec, long runId, List<String> command, Optional<Duration> startDelay) {
    return options(
        spec,
        runId,
        new WorkloadSpec.Exec(command, execEnvironment, execTimeout, execOutputLimitBytes),
        execTimeout,
        startDelay);
  }

  private ControllerOptions options(
      CommandSpec spec,
      long runId,
      WorkloadSpec workload,
      Duration usual,
      Optional<Duration> startDelay) {
    refuseTwice(agents.stream().map(agent -> agent.control().toString()).toList());
    refuseTwice(agents.stream().flatMap(agent -> agent.name().stream()).toList());
    return new ControllerOptions(
        agents,
        runId,
        identity(spec),
        workload,
        workerWarmup,
        STATUS_INTERVAL,
        grace,
        runDeadline == null ? usual.plus(grace).plus(RUN_MARGIN) : runDeadline,
        maxClockBound,
        clockGate,
        startDelay.orElse(START_DELAY),
        fastStart,
        preparePolicy,
        runPolicy);
  }

  private static void refuseTwice(List<String> named) {
    Set<String> seen = new HashSet<>();
    named.stream()
        .filter(it -> !seen.add(it))
        .findFirst()
        .ifPresent(
            it -> {
              throw new IllegalArgumentException(
                  "--agents has " + it + " twice: name every worker once");
            });
  }
}

package org.carillon.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.Pace;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.DurationText;

/** The command lines of the executables that an experiment starts. */
final class CommandLines {

  /** Files of a process in its folder. */
  static final String READY_FILE = "ready.json";

  static final String PROGRESS_FILE = "progress.jsonl";

  private final Experiment experiment;
  private final String runId;
  private final List<HostPort> timeServers;

  /**
   * @param runId sixteen hexadecimal digits
   * @param timeServers that every node asks
   */
  CommandLines(Experiment experiment, String runId, List<HostPort> timeServers) {
    this.experiment = experiment;
    this.runId = runId;
    this.timeServers = List.copyOf(timeServers);
  }

  /** The worker of a node; its files are relative to its folder. */
  List<String> worker(Experiment.Node node, String executable) {
    List<String> argv = new ArrayList<>(List.of(executable, "--node-id", node.name()));
    // Port 0 is any free one; the ready file says which.
    option(argv, "--listen-port", node.port().orElse(0));
    option(argv, "--output", "worker_" + node.name() + ".csv");
    option(argv, "--warmup", DurationText.format(experiment.worker().warmup()));
    if (!experiment.worker().commitWait().isEmpty()) {
      option(argv, "--commit-wait", durations(experiment.worker().commitWait()));
    }
    clock(argv, node.clock());
    option(argv, "--ready-file", READY_FILE);
    option(argv, "--run-id", runId);
    option(argv, "--max-runtime", DurationText.format(lifetime()));
    return argv;
  }

  /**
   * The coordinator.
   *
   * @param workers where events go to, by node
   */
  List<String> coordinator(Map<String, HostPort> workers, String executable) {
    Experiment.Workload workload = experiment.workload();
    List<String> argv = new ArrayList<>(List.of(executable));
    option(
        argv,
        "--workers",
        workers.values().stream().map(HostPort::toString).collect(Collectors.joining(",")));
    option(argv, "--num-events", workload.events());
    pace(argv, workload);
    option(argv, "--wire", workload.wire().name().toLowerCase(java.util.Locale.ROOT));
    if (workload.payloadSizeBytes() > 0) {
      option(argv, "--payload-size", workload.payloadSizeBytes());
    }
    option(argv, "--output", "coordinator.csv");
    option(argv, "--warmup", DurationText.format(experiment.coordinator().warmup()));
    clock(argv, experiment.coordinator().clock());
    option(argv, "--run-id", runId);
    option(argv, "--progress", "json");
    option(argv, "--max-runtime", DurationText.format(lifetime()));
    return argv;
  }

  private static void pace(List<String> argv, Experiment.Workload workload) {
    Optional<Double> rate = workload.rateHz();
    if (workload.targetDuration().isPresent()) {
      option(argv, "--target-duration", DurationText.format(workload.targetDuration().get()));
    } else if (rate.isPresent()) {
      option(argv, "--rate", rate.get());
    } else {
      option(
          argv,
          "--pattern",
          workload.pattern().stream().map(Pace::word).collect(Collectors.joining(",")));
    }
  }

  private void clock(List<String> argv, String clock) {
    option(argv, "--clock", clock);
    if (!timeServers.isEmpty()) {
      option(
          argv,
          "--ntp-server",
          timeServers.stream().map(HostPort::toString).collect(Collectors.joining(",")));
    }
    experiment.time().chronotick().ifPresent(uri -> option(argv, "--chronotick-server", uri));
    experiment
        .time()
        .pollInterval()
        .ifPresent(poll -> option(argv, "--poll-interval", DurationText.format(poll)));
    option(argv, "--drift-bound-ppm", experiment.time().driftBoundPpm());
  }

  /** The time server of the head node. */
  List<String> timeserver(Experiment.Serve serve, String executable) {
    List<String> argv = new ArrayList<>(List.of(executable));
    option(argv, "--port", serve.port().orElse(0));
    option(argv, "--ready-file", READY_FILE);
    if (serve.upstream().isEmpty()) {
      option(argv, "--local-stratum", serve.stratum());
    } else {
      option(
          argv,
          "--upstream",
          serve.upstream().stream().map(HostPort::toString).collect(Collectors.joining(",")));
    }
    option(argv, "--max-runtime", DurationText.format(lifetime()));
    return argv;
  }

  /**
   * How long a process may live: all deadlines together. It ends by itself then, so that nothing is
   * left for ever even if deploy is killed.
   */
  Duration lifetime() {
    Experiment.Deadlines deadlines = experiment.deadlines();
    return deadlines
        .start()
        .plus(deadlines.warmup())
        .plus(deadlines.run())
        .plus(settling(experiment))
        .plus(deadlines.stop())
        .plus(deadlines.collect());
  }

  /** How long workers go on after the last event: the grace time and the longest commit wait. */
  static Duration settling(Experiment experiment) {
    Experiment.Worker worker = experiment.worker();
    Duration longest = worker.commitWait().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    // A measurement that is due exactly at the end would race with the end.
    Duration margin = longest.isZero() ? Duration.ZERO : Duration.ofMillis(500);
    return worker.grace().compareTo(longest.plus(margin)) > 0
        ? worker.grace()
        : longest.plus(margin);
  }

  private static String durations(List<Duration> durations) {
    return durations.stream().map(DurationText::format).collect(Collectors.joining(","));
  }

  private static void option(List<String> argv, String name, Object value) {
    argv.add(name);
    argv.add(String.valueOf(value));
  }
}

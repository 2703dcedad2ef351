package org.carillon.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.core.experiment.Arrivals;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.Pace;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.keys.SizeText;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.time.DurationText;

/** The command lines of the executables that an experiment starts. */
final class CommandLines {

  /** Files of a process in its folder. */
  static final String READY_FILE = "ready.json";

  static final String PROGRESS_FILE = "progress.jsonl";

  /** The recording that is replayed, as the coordinator finds it in its folder. */
  static final String REPLAY_FILE = "replay.csv";

  /**
   * Every address of the host, IPv6 included, and any free port: which network the coordinator
   * takes is decided by the address that it is given, and the identity keeps others out.
   */
  private static final String CONTROL_ANYWHERE = "0.0.0.0:0";

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
    option(argv, "--control", CONTROL_ANYWHERE);
    option(argv, "--identity", "-");
    if (experiment.workload() instanceof Experiment.Exec) {
      argv.add("--allow-exec");
    }
    receiving(argv, experiment.worker());
    clock(argv, node.clock());
    faults(argv, node.faults());
    option(argv, "--ready-file", READY_FILE);
    option(argv, "--max-runtime", DurationText.format(lifetime()));
    return argv;
  }

  private static void receiving(List<String> argv, Experiment.Worker worker) {
    option(argv, "--receive-buffer", SizeText.format(worker.receiveBufferBytes()));
    worker.receiveCpu().ifPresent(processor -> option(argv, "--receive-cpu", processor));
    if (worker.busyPoll()) {
      argv.add("--busy-poll");
    }
  }

  /**
   * The coordinator.
   *
   * @param agents the workers' control ports, by node
   * @param preparePolicy how many of them the start needs
   */
  List<String> coordinator(Map<String, HostPort> agents, String preparePolicy, String executable) {
    Experiment.Run run = experiment.run();
    List<String> argv = new ArrayList<>(List.of(executable));
    option(
        argv,
        "--agents",
        agents.entrySet().stream()
            .map(agent -> agent.getKey() + "=" + agent.getValue())
            .collect(Collectors.joining(",")));
    option(argv, "--identity", "-");
    option(argv, "--run-id", runId);
    option(argv, "--output", "coordinator.csv");
    option(argv, "--worker-warmup", DurationText.format(warmup(experiment)));
    option(argv, "--max-clock-bound", DurationText.format(run.maxClockBound()));
    option(argv, "--clock-gate", DurationText.format(run.clockGate()));
    option(argv, "--start-delay", DurationText.format(run.startDelay()));
    if (run.fastStart()) {
      argv.add("--fast-start");
    }
    option(argv, "--prepare-policy", preparePolicy);
    option(argv, "--run-policy", run.runPolicy());
    option(argv, "--grace", DurationText.format(experiment.worker().grace()));
    option(argv, "--run-deadline", DurationText.format(experiment.deadlines().run()));
    clock(argv, experiment.coordinator().clock());
    faults(argv, experiment.coordinator().faults());
    option(argv, "--progress", "json");
    option(argv, "--max-runtime", DurationText.format(lifetime()));
    switch (experiment.workload()) {
      case Experiment.EventStream events -> events(argv, events);
      case Experiment.Exec exec -> exec(argv, exec);
    }
    return argv;
  }

  private static void events(List<String> argv, Experiment.EventStream workload) {
    option(argv, "--num-events", workload.events());
    pace(argv, workload);
    punctuality(argv, workload.punctuality());
    option(argv, "--wire", workload.wire().name().toLowerCase(java.util.Locale.ROOT));
    if (workload.payloadSizeBytes() > 0) {
      option(argv, "--payload-size", workload.payloadSizeBytes());
    }
    if (!workload.commitWait().isEmpty()) {
      option(
          argv,
          "--commit-wait",
          workload.commitWait().stream()
              .map(DurationText::format)
              .collect(Collectors.joining(",")));
    }
    option(argv, "--settle", DurationText.format(workload.settle()));
  }

  /** What stands last: the words of the command are the command's own. */
  private static void exec(List<String> argv, Experiment.Exec workload) {
    option(argv, "--exec-timeout", DurationText.format(workload.timeout()));
    argv.add("--");
    argv.addAll(workload.command());
  }

  private static void pace(List<String> argv, Experiment.EventStream workload) {
    Optional<Double> rate = workload.rateHz();
    if (workload.replay().isPresent()) {
      option(argv, "--replay", REPLAY_FILE);
    } else if (workload.targetDuration().isPresent()) {
      option(argv, "--target-duration", DurationText.format(workload.targetDuration().get()));
    } else if (rate.isPresent()) {
      option(argv, "--rate", rate.get());
      if (workload.burst() > 1) {
        option(argv, "--burst", workload.burst());
      }
      if (workload.arrivals() == Arrivals.POISSON) {
        option(argv, "--arrivals", "poisson");
        workload.seed().ifPresent(seed -> option(argv, "--seed", seed));
      }
    } else {
      option(
          argv,
          "--pattern",
          workload.pattern().stream().map(Pace::word).collect(Collectors.joining(",")));
    }
  }

  private static void punctuality(List<String> argv, Experiment.Punctuality punctuality) {
    option(argv, "--spin", DurationText.format(punctuality.spin()));
    if (punctuality.processor().isPresent()) {
      option(argv, "--send-cpu", punctuality.processor().getAsInt());
    }
    punctuality
        .maxLateness()
        .ifPresent(limit -> option(argv, "--max-lateness", DurationText.format(limit)));
    if (punctuality.catchUp()) {
      argv.add("--catch-up");
    }
    option(
        argv,
        "--transmit-times",
        punctuality.transmitTimes().name().toLowerCase(java.util.Locale.ROOT));
  }

  private static void faults(List<String> argv, FaultPlan faults) {
    if (!faults.isEmpty()) {
      option(argv, "--inject", faults.text());
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
    option(argv, "--poll-interval", experiment.time().pollInterval());
    for (PathAsymmetry asymmetry : experiment.time().asymmetries()) {
      option(argv, "--ntp-asymmetry", asymmetry);
    }
    option(argv, "--drift-bound-ppm", experiment.time().driftBoundPpm());
    option(argv, "--wander-bound-ppm-per-s", experiment.time().wanderBoundPpmPerS());
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
        .plus(experiment.worker().grace())
        .plus(deadlines.stop())
        .plus(deadlines.collect());
  }

  /** How long all clocks are measured before the start. */
  static Duration warmup(Experiment experiment) {
    return Collections.max(
        List.of(experiment.worker().warmup(), experiment.coordinator().warmup()));
  }

  private static void option(List<String> argv, String name, Object value) {
    argv.add(name);
    argv.add(String.valueOf(value));
  }
}

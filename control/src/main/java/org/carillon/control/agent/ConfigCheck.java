package org.carillon.control.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.control.wire.Config;
import org.carillon.control.wire.EventStream;
import org.carillon.control.wire.Exec;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.time.DurationText;

/** Turns a configuration as it came into one that can be run, or says everything wrong with it. */
final class ConfigCheck {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST_RUN = Duration.ofDays(30);
  private static final Duration DEFAULT_STATUS_INTERVAL = Duration.ofSeconds(1);
  private static final long DEFAULT_OUTPUT_LIMIT_BYTES = 64L << 20;

  /** What the check came to. */
  sealed interface Result {

    /** It can be run. */
    record Valid(RunConfig config) implements Result {}

    /**
     * It cannot.
     *
     * @param path of the first faulty field
     * @param reason what is wrong with it, and then with the others
     */
    record Invalid(String path, String reason) implements Result {}
  }

  private record Fault(String path, String reason) {}

  private final List<Fault> faults = new ArrayList<>();

  private ConfigCheck() {}

  /** Checks every field of a configuration that came to the worker of {@code nodeId}. */
  static Result check(Config config, String nodeId) {
    ConfigCheck check = new ConfigCheck();
    RunConfig checked = check.read(config, nodeId);
    if (check.faults.isEmpty()) {
      return new Result.Valid(checked);
    }
    Fault first = check.faults.getFirst();
    String others =
        check.faults.stream()
            .skip(1)
            .map(fault -> "; " + fault.path + ": " + fault.reason)
            .collect(Collectors.joining());
    return new Result.Invalid(first.path, first.reason + others);
  }

  private RunConfig read(Config config, String nodeId) {
    if (!config.getNodeId().isEmpty() && !config.getNodeId().equals(nodeId)) {
      fault(
          "config.node_id",
          "'"
              + config.getNodeId()
              + "' is expected here, but this worker is '"
              + nodeId
              + "'; check the addresses of the agents");
    }
    return new RunConfig(
        duration("config.warmup_duration_ns", config.getWarmupDurationNs(), Duration.ZERO, DAY),
        config.getStatusIntervalNs() == 0
            ? DEFAULT_STATUS_INTERVAL
            : duration(
                "config.status_interval_ns",
                config.getStatusIntervalNs(),
                Duration.ofMillis(100),
                Duration.ofMinutes(1)),
        duration(
            "config.grace_duration_ns",
            config.getGraceDurationNs(),
            Duration.ZERO,
            Duration.ofHours(1)),
        duration(
            "config.run_deadline_duration_ns",
            config.getRunDeadlineDurationNs(),
            Duration.ofNanos(1),
            LONGEST_RUN),
        workload(config));
  }

  private WorkloadSpec workload(Config config) {
    return switch (config.getWorkloadCase()) {
      case EVENT_STREAM -> eventStream(config.getEventStream());
      case EXEC -> exec(config.getExec());
      case WORKLOAD_NOT_SET -> {
        fault("config.workload", "it is missing or not known to this version: what is to be done?");
        yield new WorkloadSpec.EventStream(List.of(), Duration.ZERO);
      }
    };
  }

  private WorkloadSpec eventStream(EventStream stream) {
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < stream.getCommitWaitDurationNsCount(); i++) {
      waits.add(
          duration(
              "config.event_stream.commit_wait_duration_ns[" + i + "]",
              stream.getCommitWaitDurationNs(i),
              Duration.ofNanos(1),
              LONGEST_RUN));
    }
    return new WorkloadSpec.EventStream(
        waits,
        duration(
            "config.event_stream.settle_duration_ns",
            stream.getSettleDurationNs(),
            Duration.ZERO,
            Duration.ofMinutes(1)));
  }

  private WorkloadSpec exec(Exec exec) {
    if (exec.getArgvCount() == 0 || exec.getArgv(0).isEmpty()) {
      fault("config.exec.argv", "there is no program to run: name one");
    }
    for (int i = 0; i < exec.getArgvCount(); i++) {
      if (exec.getArgv(i).indexOf('\0') >= 0) {
        fault("config.exec.argv[" + i + "]", "it has a NUL, which no argument can have");
      }
    }
    exec.getEnvironmentMap()
        .forEach(
            (name, value) -> {
              if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                fault("config.exec.environment", "'" + name + "' is not a variable's name");
              }
              if (value.indexOf('\0') >= 0) {
                fault(
                    "config.exec.environment." + name, "it has a NUL, which no variable can have");
              }
            });
    if (exec.getOutputLimitBytes() < 0) {
      fault("config.exec.output_limit_bytes", "it is more than 2^63 - 1");
    }
    return new WorkloadSpec.Exec(
        exec.getArgvList(),
        exec.getEnvironmentMap(),
        duration(
            "config.exec.timeout_duration_ns",
            exec.getTimeoutDurationNs(),
            Duration.ofNanos(1),
            LONGEST_RUN),
        exec.getOutputLimitBytes() == 0 ? DEFAULT_OUTPUT_LIMIT_BYTES : exec.getOutputLimitBytes());
  }

  private Duration duration(String path, long ns, Duration least, Duration most) {
    Duration duration = Duration.ofNanos(ns);
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      fault(
          path,
          DurationText.format(ns)
              + " is not between "
              + DurationText.format(least)
              + " and "
              + DurationText.format(most));
    }
    return duration;
  }

  private void fault(String path, String reason) {
    faults.add(new Fault(path, reason));
  }
}

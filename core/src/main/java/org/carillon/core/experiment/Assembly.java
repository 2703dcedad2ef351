package org.carillon.core.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.carillon.core.fault.FaultPlan;

/** Makes the records of an experiment from values that have been checked. */
final class Assembly {

  private static final String LOOPBACK = "127.0.0.1";

  /** Of the existing Python toolkit. */
  private static final List<Pace> DEFAULT_PATTERN =
      List.of(Pace.SLOW, Pace.FAST, Pace.FAST, Pace.FAST, Pace.FAST, Pace.MEDIUM);

  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Values values;
  private final List<String> nodes;

  Assembly(Values values, List<String> nodes) {
    this.values = values;
    this.nodes = nodes;
  }

  Experiment experiment() {
    SequencedMap<String, Experiment.Node> byName = new LinkedHashMap<>();
    nodes.forEach(name -> byName.put(name, node(name)));
    Experiment.Workload workload = workload();
    return new Experiment(
        values.get(Keys.NAME),
        values.find(Keys.DESCRIPTION),
        new Experiment.Run(
            Path.of(values.get(Keys.RESULTS_DIR)),
            values.get(Keys.WORK_DIR),
            values.get(Keys.MIN_FREE_DISK),
            values.get(Keys.MAX_CLOCK_BOUND),
            values.get(Keys.CLOCK_GATE),
            values.get(Keys.START_DELAY),
            values.get(Keys.FAST_START),
            values.get(Keys.PREPARE_POLICY),
            values.get(Keys.RUN_POLICY),
            values.get(Keys.KEEP_NODE_FILES)),
        time(),
        byName,
        coordinator(byName),
        workload,
        new Experiment.Worker(values.get(Keys.WARMUP), values.get(Keys.GRACE)),
        new Experiment.Ssh(
            values.find(Keys.SSH_CONFIG).map(Path::of),
            values.find(Keys.KNOWN_HOSTS).map(Path::of),
            values.find(Keys.IDENTITY).map(Path::of),
            values.get(Keys.HOST_KEYS)),
        new Experiment.Analysis(
            values.get(Keys.WINDOWS), values.get(Keys.FORMATS), values.get(Keys.MIXED)),
        deadlines(workload));
  }

  private Experiment.Time time() {
    Optional<Experiment.Serve> serve =
        values
            .find(Keys.SERVE_STRATUM)
            .map(
                stratum ->
                    new Experiment.Serve(
                        values.get(Keys.SERVE_ADDRESS),
                        optionalInt(values.find(Keys.SERVE_PORT)),
                        values.find(Keys.SERVE_UPSTREAM).orElse(List.of()),
                        stratum.intValue()));
    return new Experiment.Time(
        values.find(Keys.TIME_SERVERS).orElse(List.of()),
        serve,
        values.find(Keys.CHRONOTICK),
        values.find(Keys.POLL_INTERVAL),
        values.get(Keys.DRIFT_BOUND));
  }

  private Experiment.Node node(String name) {
    Optional<String> workDir = values.find(Keys.NODE_WORK_DIR, name);
    Experiment.HostSpec host =
        switch (values.get(Keys.NODE_HOST, name)) {
          case LOCAL -> Experiment.HostSpec.local(workDir);
          case SSH ->
              new Experiment.HostSpec(
                  HostKind.SSH,
                  values.find(Keys.NODE_ADDRESS, name).orElse(name),
                  optionalInt(values.find(Keys.NODE_SSH_PORT, name)),
                  values.find(Keys.NODE_USER, name),
                  workDir);
        };
    String dataAddress =
        values
            .find(Keys.NODE_DATA_ADDRESS, name)
            .orElse(host.kind() == HostKind.LOCAL ? LOOPBACK : host.address());
    return new Experiment.Node(
        name,
        host,
        dataAddress,
        optionalInt(values.find(Keys.NODE_PORT, name)),
        values.get(Keys.NODE_CLOCK, name),
        values.find(Keys.NODE_INJECT, name).orElse(FaultPlan.NONE));
  }

  private Experiment.Coordinator coordinator(SequencedMap<String, Experiment.Node> byName) {
    Optional<String> node = values.find(Keys.COORDINATOR_NODE);
    Optional<String> clock = values.find(Keys.COORDINATOR_CLOCK);
    Duration warmup = values.get(Keys.COORDINATOR_WARMUP);
    FaultPlan faults = values.find(Keys.COORDINATOR_INJECT).orElse(FaultPlan.NONE);
    if (node.isPresent()) {
      Experiment.Node shared = byName.get(node.get());
      return new Experiment.Coordinator(
          node, shared.host(), clock.orElse(shared.clock()), warmup, faults);
    }
    Optional<String> workDir = values.find(Keys.COORDINATOR_WORK_DIR);
    Experiment.HostSpec host =
        switch (values.find(Keys.COORDINATOR_HOST).orElse(HostKind.LOCAL)) {
          case LOCAL -> Experiment.HostSpec.local(workDir);
          case SSH ->
              new Experiment.HostSpec(
                  HostKind.SSH,
                  values.get(Keys.COORDINATOR_ADDRESS),
                  optionalInt(values.find(Keys.COORDINATOR_SSH_PORT)),
                  values.find(Keys.COORDINATOR_USER),
                  workDir);
        };
    return new Experiment.Coordinator(
        Optional.empty(), host, clock.orElse("system"), warmup, faults);
  }

  private Experiment.Workload workload() {
    return switch (values.get(Keys.KIND)) {
      case EVENTS ->
          new Experiment.EventStream(
              values.get(Keys.EVENTS),
              values.find(Keys.RATE),
              values.find(Keys.PATTERN).orElse(DEFAULT_PATTERN),
              values.find(Keys.TARGET_DURATION),
              values.get(Keys.WIRE),
              values.get(Keys.PAYLOAD_SIZE).intValue(),
              values.find(Keys.COMMIT_WAIT).orElse(List.of()),
              values.get(Keys.SETTLE));
      case EXEC ->
          new Experiment.Exec(
              values.get(Keys.COMMAND), values.find(Keys.TIMEOUT).orElse(DEFAULT_TIMEOUT));
    };
  }

  private Experiment.Deadlines deadlines(Experiment.Workload workload) {
    Duration warmup =
        Collections.max(List.of(values.get(Keys.WARMUP), values.get(Keys.COORDINATOR_WARMUP)));
    return new Experiment.Deadlines(
        values.get(Keys.PREFLIGHT_DEADLINE),
        values.get(Keys.STAGE_DEADLINE),
        values.get(Keys.START_DEADLINE),
        values.find(Keys.WARMUP_DEADLINE).orElse(warmup.plus(MINUTE)),
        values.find(Keys.RUN_DEADLINE).orElseGet(() -> runDeadline(workload)),
        values.get(Keys.STOP_DEADLINE),
        values.get(Keys.COLLECT_DEADLINE),
        values.get(Keys.ANALYZE_DEADLINE));
  }

  private Duration runDeadline(Experiment.Workload workload) {
    Duration scheduled = workload.scheduledDuration();
    Duration after =
        switch (workload) {
          case Experiment.EventStream events ->
              events.commitWait().stream()
                  .max(Duration::compareTo)
                  .orElse(Duration.ZERO)
                  .plus(events.settle());
          case Experiment.Exec exec -> Duration.ZERO;
        };
    return values
        .get(Keys.CLOCK_GATE)
        .plus(values.get(Keys.START_DELAY))
        .plus(scheduled)
        .plus(scheduled.dividedBy(10))
        .plus(after)
        .plus(values.get(Keys.GRACE))
        .plus(MINUTE);
  }

  private static OptionalInt optionalInt(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}

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
import org.carillon.core.keys.Values;

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
  private final Optional<ReplayedFile> replayed;

  Assembly(Values values, List<String> nodes, Optional<ReplayedFile> replayed) {
    this.values = values;
    this.nodes = nodes;
    this.replayed = replayed;
  }

  Experiment experiment() {
    SequencedMap<String, Experiment.Node> byName = new LinkedHashMap<>();
    nodes.forEach(name -> byName.put(name, node(name)));
    Experiment.Workload workload = workload();
    return new Experiment(
        values.get(RunKeys.NAME),
        values.find(RunKeys.DESCRIPTION),
        new Experiment.Run(
            Path.of(values.get(RunKeys.RESULTS_DIR)),
            values.get(RunKeys.WORK_DIR),
            values.get(RunKeys.MIN_FREE_DISK),
            values.get(RunKeys.MAX_CLOCK_BOUND),
            values.get(RunKeys.CLOCK_GATE),
            values.get(RunKeys.START_DELAY),
            values.get(RunKeys.FAST_START),
            values.get(RunKeys.PREPARE_POLICY),
            values.get(RunKeys.RUN_POLICY),
            values.get(RunKeys.KEEP_NODE_FILES)),
        time(),
        byName,
        coordinator(byName),
        workload,
        worker(),
        SshKeys.read(values),
        new Experiment.Analysis(
            values.get(AnalysisKeys.WINDOWS),
            values.get(AnalysisKeys.FORMATS),
            values.get(AnalysisKeys.MIXED)),
        deadlines(workload));
  }

  private Experiment.Worker worker() {
    return new Experiment.Worker(
        values.get(WorkerKeys.WARMUP),
        values.get(WorkerKeys.GRACE),
        values.get(WorkerKeys.RECEIVE_BUFFER),
        values
            .find(WorkerKeys.RECEIVE_CPU)
            .map(processor -> OptionalInt.of(processor.intValue()))
            .orElseGet(OptionalInt::empty),
        values.get(WorkerKeys.BUSY_POLL));
  }

  private Experiment.Time time() {
    Optional<Experiment.Serve> serve =
        values
            .find(TimeKeys.SERVE_STRATUM)
            .map(
                stratum ->
                    new Experiment.Serve(
                        values.get(TimeKeys.SERVE_ADDRESS),
                        optionalInt(values.find(TimeKeys.SERVE_PORT)),
                        values.find(TimeKeys.SERVE_UPSTREAM).orElse(List.of()),
                        stratum.intValue()));
    return new Experiment.Time(
        values.find(TimeKeys.SERVERS).orElse(List.of()),
        serve,
        values.find(TimeKeys.CHRONOTICK),
        values.get(TimeKeys.POLL_INTERVAL),
        values.find(TimeKeys.ASYMMETRY).orElse(List.of()),
        values.get(TimeKeys.DRIFT_BOUND),
        values.get(TimeKeys.WANDER_BOUND));
  }

  private Experiment.Node node(String name) {
    Optional<String> workDir = values.find(NodeKeys.WORK_DIR, name);
    Experiment.HostSpec host =
        switch (values.get(NodeKeys.HOST, name)) {
          case LOCAL -> Experiment.HostSpec.local(workDir);
          case SSH ->
              new Experiment.HostSpec(
                  HostKind.SSH,
                  values.find(NodeKeys.ADDRESS, name).orElse(name),
                  optionalInt(values.find(NodeKeys.SSH_PORT, name)),
                  values.find(NodeKeys.USER, name),
                  workDir);
        };
    String dataAddress =
        values
            .find(NodeKeys.DATA_ADDRESS, name)
            .orElse(host.kind() == HostKind.LOCAL ? LOOPBACK : host.address());
    return new Experiment.Node(
        name,
        host,
        dataAddress,
        optionalInt(values.find(NodeKeys.PORT, name)),
        values.get(NodeKeys.CLOCK, name),
        values.find(NodeKeys.INJECT, name).orElse(FaultPlan.NONE));
  }

  private Experiment.Coordinator coordinator(SequencedMap<String, Experiment.Node> byName) {
    Optional<String> node = values.find(CoordinatorKeys.NODE);
    Optional<String> clock = values.find(CoordinatorKeys.CLOCK);
    Duration warmup = values.get(CoordinatorKeys.WARMUP);
    FaultPlan faults = values.find(CoordinatorKeys.INJECT).orElse(FaultPlan.NONE);
    if (node.isPresent()) {
      Experiment.Node shared = byName.get(node.get());
      return new Experiment.Coordinator(
          node, shared.host(), clock.orElse(shared.clock()), warmup, faults);
    }
    Optional<String> workDir = values.find(CoordinatorKeys.WORK_DIR);
    Experiment.HostSpec host =
        switch (values.find(CoordinatorKeys.HOST).orElse(HostKind.LOCAL)) {
          case LOCAL -> Experiment.HostSpec.local(workDir);
          case SSH ->
              new Experiment.HostSpec(
                  HostKind.SSH,
                  values.get(CoordinatorKeys.ADDRESS),
                  optionalInt(values.find(CoordinatorKeys.SSH_PORT)),
                  values.find(CoordinatorKeys.USER),
                  workDir);
        };
    return new Experiment.Coordinator(
        Optional.empty(), host, clock.orElse("system"), warmup, faults);
  }

  private Experiment.Workload workload() {
    return switch (values.get(WorkloadKeys.KIND)) {
      case EVENTS ->
          new Experiment.EventStream(
              values.get(WorkloadKeys.EVENTS),
              values.find(WorkloadKeys.RATE),
              values.get(WorkloadKeys.ARRIVALS),
              values.get(WorkloadKeys.BURST).intValue(),
              values.find(WorkloadKeys.SEED),
              values.find(WorkloadKeys.PATTERN).orElse(DEFAULT_PATTERN),
              values.find(WorkloadKeys.TARGET_DURATION),
              replayed.map(file -> file.of(values.get(WorkloadKeys.EVENTS))),
              values.get(WorkloadKeys.WIRE),
              values.get(WorkloadKeys.PAYLOAD_SIZE).intValue(),
              values.find(WorkerKeys.COMMIT_WAIT).orElse(List.of()),
              values.get(WorkerKeys.SETTLE),
              punctuality());
      case EXEC ->
          new Experiment.Exec(
              values.get(WorkloadKeys.COMMAND),
              values.find(WorkloadKeys.TIMEOUT).orElse(DEFAULT_TIMEOUT));
    };
  }

  private Experiment.Punctuality punctuality() {
    return new Experiment.Punctuality(
        values.get(CoordinatorKeys.SPIN),
        optionalInt(values.find(CoordinatorKeys.SEND_CPU).map(Long::intValue)),
        values.find(CoordinatorKeys.MAX_LATENESS),
        values.get(WorkloadKeys.CATCH_UP),
        values.get(CoordinatorKeys.TRANSMIT_TIMES));
  }

  private Experiment.Deadlines deadlines(Experiment.Workload workload) {
    Duration warmup =
        Collections.max(List.of(values.get(WorkerKeys.WARMUP), values.get(CoordinatorKeys.WARMUP)));
    return new Experiment.Deadlines(
        values.get(DeadlineKeys.PREFLIGHT),
        values.get(DeadlineKeys.STAGE),
        values.get(DeadlineKeys.START),
        values.find(DeadlineKeys.WARMUP).orElse(warmup.plus(MINUTE)),
        values.find(DeadlineKeys.RUN).orElseGet(() -> runDeadline(workload)),
        values.get(DeadlineKeys.STOP),
        values.get(DeadlineKeys.COLLECT),
        values.get(DeadlineKeys.ANALYZE));
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
        .get(RunKeys.CLOCK_GATE)
        .plus(values.get(RunKeys.START_DELAY))
        .plus(wholeSeconds(scheduled.plus(scheduled.dividedBy(10))))
        .plus(after)
        .plus(values.get(WorkerKeys.GRACE))
        .plus(MINUTE);
  }

  /** Not less than this, and as people write it. */
  private static Duration wholeSeconds(Duration duration) {
    return Duration.ofSeconds(duration.plusNanos(999_999_999).toSeconds());
  }

  private static OptionalInt optionalInt(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}

package org.carillon.core.experiment;

import static org.carillon.core.experiment.Key.optional;
import static org.carillon.core.experiment.Key.withDefault;

import java.time.Duration;
import java.util.List;
import org.carillon.core.event.WireFormat;

/** The group {@code workload}: what the nodes are to do. */
final class WorkloadKeys {

  static final KeyGroup GROUP = new KeyGroup();

  static final Key<WorkloadKind> KIND =
      GROUP.add(
          withDefault(
              "workload.kind",
              Forms.choice(WorkloadKind.class),
              "events",
              "`events`: the coordinator sends events to the workers. `exec`: every worker runs a"
                  + " command at the common start."));
  static final Key<List<String>> COMMAND =
      GROUP.add(
          optional(
              "workload.command",
              new Form.Words(),
              "With `exec`: the program and its arguments. No shell is involved; a program without a"
                  + " slash is looked for in the node's `PATH`."));
  static final Key<Duration> TIMEOUT =
      GROUP.add(
          optional(
              "workload.timeout",
              Forms.duration(Duration.ofMillis(1)),
              "With `exec`: how long the command may run, before it and all that it started are"
                  + " ended; 10m if left out."));
  static final Key<Long> EVENTS =
      GROUP.add(
          withDefault(
              "workload.events",
              Forms.integer(1, 1_000_000_000),
              "1000",
              "How many events the coordinator sends to every worker."));
  static final Key<Double> RATE =
      GROUP.add(
          optional(
              "workload.rate",
              Forms.decimal(0.001, 1_000_000),
              "Events per second. At most one of `rate`, `pattern` and `target_duration`; the"
                  + " pattern `slow,fast,fast,fast,fast,medium` if none is given."));
  static final Key<List<Pace>> PATTERN =
      GROUP.add(
          optional(
              "workload.pattern",
              new Form.Many<>(
                  Forms.form(
                      "fast (10 ms), medium (50 ms), slow (100 ms) or very_slow (500 ms)",
                      Pace::parse,
                      Pace::word)),
              "Delays between events, repeated until all are sent."));
  static final Key<Duration> TARGET_DURATION =
      GROUP.add(
          optional(
              "workload.target_duration",
              Forms.duration(Duration.ofMillis(1)),
              "Spreads the events evenly over this time."));
  static final Key<WireFormat> WIRE =
      GROUP.add(
          withDefault(
              "workload.wire",
              Forms.choice(WireFormat.class),
              "binary",
              "Form of the datagrams; `json` is understood by the existing Python toolkit."));
  static final Key<Long> PAYLOAD_SIZE =
      GROUP.add(
          withDefault(
              "workload.payload_size",
              Forms.size(0, 60_000),
              "0B",
              "Extra bytes in every datagram."));

  private WorkloadKeys() {}
}

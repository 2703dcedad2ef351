package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.withDefault;

import java.time.Duration;
import java.util.List;
import org.carillon.core.event.WireFormat;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

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
              "Events per second. At most one of `rate`, `pattern`, `target_duration` and `replay`;"
                  + " the pattern `slow,fast,fast,fast,fast,medium` if none is given."));
  static final Key<Arrivals> ARRIVALS =
      GROUP.add(
          withDefault(
              "workload.arrivals",
              Forms.choice(Arrivals.class),
              "constant",
              "How the events of a `rate` follow each other; `poisson`: gaps are random and"
                  + " exponentially distributed."));
  static final Key<Long> BURST =
      GROUP.add(
          withDefault(
              "workload.burst",
              Forms.integer(1, 1_000_000),
              "1",
              "So many events are due at the same moment, and the moments that much farther apart:"
                  + " the mean `rate` stays."));
  static final Key<Long> SEED =
      GROUP.add(
          optional(
              "workload.seed",
              Forms.integer(0, Long.MAX_VALUE),
              "Of `arrivals: poisson`: the same seed makes the same gaps. A random one if left out,"
                  + " which stands in the run's `experiment.yaml` and `control.json`."));
  static final Key<List<Pace>> PATTERN =
      GROUP.add(
          optional(
              "workload.pattern",
              new Form.Many<>(
                  Forms.form(
                      "fast (10 ms), medium (50 ms), slow (100 ms), very_slow (500 ms) or duration",
                      Pace::parse,
                      Pace::word)),
              "Delays between events, repeated until all are sent."));
  static final Key<Duration> TARGET_DURATION =
      GROUP.add(
          optional(
              "workload.target_duration",
              Forms.duration(Duration.ofMillis(1)),
              "Spreads the events evenly over this time."));
  static final Key<String> REPLAY =
      GROUP.add(
          optional(
              "workload.replay",
              Forms.text("path"),
              "A recorded `coordinator.csv` on this machine: events are as far apart as they were due"
                  + " then, or, in a file that does not tell that, as they were sent. `events` is then"
                  + " as many as it has, if left out. A relative path starts at the folder of the file"
                  + " that holds it."));
  static final Key<Boolean> CATCH_UP =
      GROUP.add(
          withDefault(
              "workload.catch_up",
              Forms.bool(),
              "false",
              "Send all events at once that are overdue after a stall; else, from an event on whose turn"
                  + " comes 1 ms or more after it was due, each keeps at least half of its planned"
                  + " distance to the one before, until that no longer delays an event."));
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

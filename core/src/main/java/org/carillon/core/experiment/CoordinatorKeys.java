package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.withDefault;

import java.time.Duration;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

/** The group {@code coordinator}. */
final class CoordinatorKeys {

  static final KeyGroup GROUP = new KeyGroup();

  private static final Duration NONE = Duration.ZERO;

  static final Key<String> NODE =
      GROUP.add(
          optional(
              "coordinator.node",
              Forms.name(),
              "The node on whose host the coordinator runs; this machine if neither this nor"
                  + " `coordinator.host` is given."));
  static final Key<HostKind> HOST =
      GROUP.add(
          optional(
              "coordinator.host",
              Forms.choice(HostKind.class),
              "For a coordinator on a host without a worker; then as for a node."));
  static final Key<String> ADDRESS =
      GROUP.add(
          optional(
              "coordinator.address",
              Forms.text("host name or address"),
              "As for a node; needed for `host: ssh`."));
  static final Key<Integer> SSH_PORT =
      GROUP.add(optional("coordinator.ssh_port", Forms.port(), "As for a node."));
  static final Key<String> USER =
      GROUP.add(optional("coordinator.user", Forms.text("account"), "As for a node."));
  static final Key<String> CLOCK =
      GROUP.add(
          optional(
              "coordinator.clock",
              ExperimentForms.clock(),
              "As for a node; that of `coordinator.node`, or `system`, if left out."));
  static final Key<FaultPlan> INJECT =
      GROUP.add(
          optional(
              "coordinator.inject",
              ExperimentForms.faults(),
              "Faults that the coordinator makes for itself."));
  static final Key<Duration> WARMUP =
      GROUP.add(
          withDefault(
              "coordinator.warmup",
              Forms.duration(NONE),
              "3s",
              "How long the coordinator's clock is measured before the start, while the workers measure"
                  + " theirs."));
  static final Key<Duration> SPIN =
      GROUP.add(
          withDefault(
              "coordinator.spin",
              Forms.duration(NONE),
              "200us",
              "So long before an event is due, the coordinator keeps its processor busy, since a"
                  + " thread that sleeps is woken late; `0s` on hosts that are shared."));
  static final Key<Long> SEND_CPU =
      GROUP.add(
          optional(
              "coordinator.send_cpu",
              Forms.integer(0, 1023),
              "The only processor that the sending thread runs on, as in `/proc/cpuinfo`."));
  static final Key<Duration> MAX_LATENESS =
      GROUP.add(
          optional(
              "coordinator.max_lateness",
              Forms.duration(NONE),
              "Events that are sent later than this after they were due are counted and mark the run:"
                  + " with a warning, in `control.json`, and by exit code 2."));
  static final Key<TransmitTimes> TRANSMIT_TIMES =
      GROUP.add(
          withDefault(
              "coordinator.transmit_times",
              Forms.choice(TransmitTimes.class),
              "auto",
              "Whether the kernel is asked when each event left (`transmit_time_ns` in"
                  + " `coordinator.csv`); `auto`: if events are at least 50 µs apart on average."));
  static final Key<String> WORK_DIR =
      GROUP.add(optional("coordinator.work_dir", Forms.workDir(), "As for a node."));

  private CoordinatorKeys() {}
}

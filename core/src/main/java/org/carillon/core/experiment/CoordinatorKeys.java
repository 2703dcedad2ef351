package org.carillon.core.experiment;

import static org.carillon.core.experiment.Key.optional;
import static org.carillon.core.experiment.Key.withDefault;

import java.time.Duration;
import org.carillon.core.fault.FaultPlan;

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
              Forms.clock(),
              "As for a node; that of `coordinator.node`, or `system`, if left out."));
  static final Key<FaultPlan> INJECT =
      GROUP.add(
          optional(
              "coordinator.inject",
              Forms.faults(),
              "Faults that the coordinator makes for itself."));
  static final Key<Duration> WARMUP =
      GROUP.add(
          withDefault(
              "coordinator.warmup",
              Forms.duration(NONE),
              "3s",
              "How long the coordinator's clock is measured before the start, while the workers measure"
                  + " theirs."));
  static final Key<String> WORK_DIR =
      GROUP.add(optional("coordinator.work_dir", Forms.workDir(), "As for a node."));

  private CoordinatorKeys() {}
}

package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.withDefault;

import org.carillon.core.fault.FaultPlan;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

/** The group {@code nodes}: one group a node. */
final class NodeKeys {

  static final KeyGroup GROUP = new KeyGroup();

  static final Key<HostKind> HOST =
      GROUP.add(
          withDefault(
              "nodes.*.host",
              Forms.choice(HostKind.class),
              "ssh",
              "`local` runs the node's worker on this machine."));
  static final Key<String> ADDRESS =
      GROUP.add(
          optional(
              "nodes.*.address",
              Forms.text("host name or address"),
              "Where SSH connects to: a name, an address, or a host of the SSH configuration; the"
                  + " node's name if left out."));
  static final Key<Integer> SSH_PORT =
      GROUP.add(
          optional(
              "nodes.*.ssh_port",
              Forms.port(),
              "TCP port of the SSH server; that of the SSH configuration, or 22, if left out."));
  static final Key<String> USER =
      GROUP.add(
          optional(
              "nodes.*.user",
              Forms.text("account"),
              "Account on the node; that of the SSH configuration, or your own, if left out."));
  static final Key<String> DATA_ADDRESS =
      GROUP.add(
          optional(
              "nodes.*.data_address",
              Forms.text("host name or address"),
              "Where the coordinator sends events; `nodes.*.address` if left out, `127.0.0.1` for a"
                  + " local node."));
  static final Key<Integer> PORT =
      GROUP.add(
          optional(
              "nodes.*.port",
              Forms.port(),
              "UDP port on which the worker listens; a free one if left out."));
  static final Key<String> CLOCK =
      GROUP.add(
          withDefault(
              "nodes.*.clock",
              ExperimentForms.clock(),
              "system",
              "The node's own clock, or one with known errors, derived from it."));
  static final Key<FaultPlan> INJECT =
      GROUP.add(
          optional(
              "nodes.*.inject",
              ExperimentForms.faults(),
              "Faults that the node's worker makes for itself, to test and to rehearse with."));
  static final Key<String> WORK_DIR =
      GROUP.add(
          optional(
              "nodes.*.work_dir",
              Forms.workDir(),
              "Work folder on this node; `run.work_dir` if left out."));

  private NodeKeys() {}
}

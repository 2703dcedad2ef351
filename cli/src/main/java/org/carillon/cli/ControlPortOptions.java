package org.carillon.cli;

import picocli.CommandLine.Option;

/** How a worker lets a coordinator command it. */
final class ControlPortOptions extends IdentityOptions {

  @Option(
      names = "--control",
      paramLabel = "HOST:PORT",
      description =
          "Address and TCP port at which a coordinator may command this worker; port 0 takes a free"
              + " one, which the log and --ready-file tell.")
  private String control;

  @Option(
      names = "--allow-exec",
      description = "Let the coordinator run any command on this node, as this user.")
  private boolean allowExec;

  /** Address of the control port; null without one. */
  String control() {
    return control;
  }

  boolean allowsExec() {
    return allowExec;
  }
}

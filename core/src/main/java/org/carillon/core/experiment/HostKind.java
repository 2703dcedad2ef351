package org.carillon.core.experiment;

/** How a host is reached. */
public enum HostKind {
  /** It is this machine. */
  LOCAL,
  /** Over SSH. */
  SSH
}

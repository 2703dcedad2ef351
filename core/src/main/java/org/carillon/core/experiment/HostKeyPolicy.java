package org.carillon.core.experiment;

/** What to do with a host whose key is not in known_hosts; a changed key is always refused. */
public enum HostKeyPolicy {
  /** Refuse it. */
  STRICT,
  /** Remember its key and go on. */
  ACCEPT_NEW
}

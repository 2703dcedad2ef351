package org.carillon.ssh;

/** What to do with a host whose key is in no known_hosts file. A changed key is always refused. */
public enum HostKeyPolicy {
  /** Refuse it. */
  STRICT,
  /** Trust it this first time and write its key to known_hosts. */
  ACCEPT_NEW
}

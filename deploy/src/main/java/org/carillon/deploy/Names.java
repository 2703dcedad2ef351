package org.carillon.deploy;

/** The names of what is no worker; no node may have them. */
final class Names {
  static final String COORDINATOR = "coordinator";
  static final String TIMESERVER = "timeserver";

  private Names() {}
}

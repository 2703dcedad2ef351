package org.carillon.core.experiment;

/** What the workers of an experiment do. */
public enum WorkloadKind {
  EVENTS,
  EXEC
}

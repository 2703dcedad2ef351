package org.carillon.control.agent;

/** Whether there is a stream to the coordinator. */
sealed interface Link {

  /** There was none yet. */
  record None() implements Link {}

  /** This one. */
  record Open(long stream) implements Link {}

  /** It was lost at this monotonic time. */
  record Lost(long sinceNs) implements Link {}
}

package org.carillon.control.controller;

/** How many workers a phase needs to go on. */
public sealed interface FailurePolicy {

  /** Every one; one failure ends the run. */
  record All() implements FailurePolicy {}

  /** At least so many. */
  record Quorum(int workers) implements FailurePolicy {}

  /** At least one. */
  record BestEffort() implements FailurePolicy {}

  /**
   * Reads {@code all}, {@code quorum:N} or {@code best-effort}.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static FailurePolicy parse(String text) {
    throw new AssertionError("not yet");
  }
}

package org.carillon.control.controller;

/** How many workers a phase needs to go on. */
public sealed interface FailurePolicy {

  /** What stands before the number of a quorum. */
  String QUORUM = "quorum:";

  /** Every one; one failure ends the run. */
  record All() implements FailurePolicy {}

  /** At least so many. */
  record Quorum(int workers) implements FailurePolicy {
    public Quorum {
      if (workers < 1) {
        throw new IllegalArgumentException("a quorum is at least 1, not " + workers);
      }
    }
  }

  /** At least one. */
  record BestEffort() implements FailurePolicy {}

  /**
   * Whether a phase can go on.
   *
   * @param well workers that have not failed
   * @param all workers of the run, at least 1
   */
  default boolean holds(int well, int all) {
    return switch (this) {
      case All() -> well == all;
      case Quorum(int workers) -> well >= workers;
      case BestEffort() -> well >= 1;
    };
  }

  /** As {@link #parse} reads it. */
  default String text() {
    return switch (this) {
      case All() -> "all";
      case Quorum(int workers) -> QUORUM + workers;
      case BestEffort() -> "best-effort";
    };
  }

  /**
   * Reads {@code all}, {@code quorum:N} or {@code best-effort}.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static FailurePolicy parse(String text) {
    return switch (text) {
      case "all" -> new All();
      case "best-effort" -> new BestEffort();
      case String other when other.matches(QUORUM + " ?[1-9][0-9]{0,5}") ->
          new Quorum(Integer.parseInt(other.substring(QUORUM.length()).strip()));
      case String other ->
          throw new IllegalArgumentException(
              "'"
                  + other
                  + "' is no failure policy: write all, quorum:N (N from 1) or best-effort");
    };
  }
}

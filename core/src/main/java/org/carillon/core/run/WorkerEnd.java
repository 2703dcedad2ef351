package org.carillon.core.run;

import java.util.Arrays;
import java.util.Optional;

/** How a run under control ended for one worker. */
public enum WorkerEnd {
  /** It came to its end in good order. */
  COMPLETED("completed", "ok"),
  /** It did not, for a reason of its own. */
  FAILED("failed", "failed"),
  /** It ended only because the run was called off. */
  STOPPED("stopped", "stopped");

  private final String text;
  private final String outcome;

  WorkerEnd(String text, String outcome) {
    this.text = text;
    this.outcome = outcome;
  }

  /** As {@code control.json} says it. */
  public String text() {
    return text;
  }

  /** As {@code results.tsv} says it. */
  public String outcome() {
    return outcome;
  }

  /** The one that {@code control.json} calls so. */
  public static Optional<WorkerEnd> of(String text) {
    return Arrays.stream(values()).filter(end -> end.text.equals(text)).findFirst();
  }
}

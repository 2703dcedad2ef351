package org.carillon.control.workload;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * How a command ended.
 *
 * @param exitCode 0–255, 128 + N after signal N; empty if it could not be started
 * @param elapsedNs from its release to its end
 * @param standardOutputBytes that it wrote, also those that were not kept
 * @param standardErrorBytes the same
 * @param outputCut whether output beyond the limit was not kept
 * @param timedOut whether it was ended because its time was over
 */
public record ExecResult(
    OptionalInt exitCode,
    long elapsedNs,
    long standardOutputBytes,
    long standardErrorBytes,
    boolean outputCut,
    boolean timedOut) {

  /** Such as {@code exit code 0 after 1.2 s}. */
  public String sentence() {
    return (exitCode.isPresent() ? "exit code " + exitCode.getAsInt() : "no exit code")
        + String.format(Locale.ROOT, " after %.1f s", elapsedNs / 1e9)
        + (timedOut ? ", when its time was over" : "");
  }
}

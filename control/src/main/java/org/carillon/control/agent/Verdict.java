package org.carillon.control.agent;

import org.carillon.core.ExitCode;

/** How a run ends for a worker. */
sealed interface Verdict {

  /** Everything was done. */
  record Completed(ExitCode exitCode) implements Verdict {}

  /**
   * It could not go on.
   *
   * @param path what is wrong where, such as {@code config.exec.argv} or {@code state.ready}
   * @param reason one sentence
   */
  record Failed(String path, String reason, ExitCode exitCode) implements Verdict {}

  /** It was called off. */
  record Aborted(String reason, ExitCode exitCode) implements Verdict {}

  /** What the process ends with. */
  ExitCode exitCode();

  /** For the log. */
  default String sentence() {
    return switch (this) {
      case Completed completed ->
          completed.exitCode == ExitCode.SUCCESS
              ? "the run is completed"
              : "the run is completed, but not all of it was recorded";
      case Failed failed -> "the run failed: " + failed.path + ": " + failed.reason;
      case Aborted aborted -> "the run was aborted: " + aborted.reason;
    };
  }
}

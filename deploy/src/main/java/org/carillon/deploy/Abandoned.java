package org.carillon.deploy;

import org.carillon.core.ExitCode;

/** Ends the way through the stages; what was started is then stopped and collected. */
final class Abandoned extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * @param message one sentence for the user
   */
  Abandoned(ExitCode exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}

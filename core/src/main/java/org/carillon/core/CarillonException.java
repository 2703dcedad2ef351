package org.carillon.core;

import java.util.Objects;

/**
 * A fault that a user can act on. Its message is one complete sentence: what happened, where (file,
 * host, option), and what to do; the command line prints it as it stands, without a stack trace.
 */
public final class CarillonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * @param exitCode what the process ends with if nobody handles the fault
   * @param message one sentence for the user
   */
  public CarillonException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = Objects.requireNonNull(exitCode);
  }

  /** As above, with the cause, which is shown at log level DEBUG only. */
  public CarillonException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = Objects.requireNonNull(exitCode);
  }

  /** What the process ends with if nobody handles the fault. */
  public ExitCode exitCode() {
    return exitCode;
  }
}

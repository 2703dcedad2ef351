package org.carillon.ssh;

/**
 * What a command that ran to its end has answered.
 *
 * @param exitCode 0–255; 128 + n if signal n ended it
 * @param out its standard output; bytes that are not UTF-8 are replaced
 * @param err its standard error, likewise
 */
public record CommandResult(int exitCode, String out, String err) {

  /** No command may write more than this on either stream, in bytes: larger things go to a file. */
  public static final int OUTPUT_CAP_BYTES = 16 << 20;

  public CommandResult {
    if (exitCode < 0 || exitCode > 255) {
      throw new IllegalArgumentException(exitCode + " is not an exit code (0–255)");
    }
  }

  /** Whether the exit code is 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /** The output without the white space around it. */
  public String text() {
    return out.strip();
  }

  /**
   * The exit code and the last line that says why, for a message: {@code exit code 2: no space}.
   */
  public String complaint() {
    String said = (err.isBlank() ? out : err).strip();
    String line = said.substring(said.lastIndexOf('\n') + 1).strip();
    return "exit code " + exitCode + (line.isEmpty() ? "" : ": " + line);
  }
}

package org.carillon.ssh.fanout;

import org.carillon.ssh.CommandResult;

/** A command ended on its host with another exit code than 0, where a task needed it to succeed. */
public final class RemoteExitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CommandResult result;

  /**
   * @param host its name; the sentence begins with it
   * @param what was being done, such as {@code `uname -r`}
   */
  public RemoteExitException(String host, String what, CommandResult result) {
    super("%s: %s ended with %s".formatted(host, what, result.complaint()));
    this.result = result;
  }

  /** What the command answered. */
  public CommandResult result() {
    return result;
  }
}

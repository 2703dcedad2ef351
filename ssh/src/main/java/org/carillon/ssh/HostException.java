package org.carillon.ssh;

import java.util.Objects;
import org.carillon.core.ExitCode;

/**
 * Something could not be done on a host. The message is one sentence that names the host, what was
 * tried, and what to do.
 */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why; a program decides by this what to do next. */
  public enum Kind {
    /** A deadline passed; the sentence says which one. */
    TIMEOUT(ExitCode.TIMEOUT),
    /** No connection: unknown name, no route, refused, or closed before anybody was let in. */
    UNREACHABLE(ExitCode.CONNECTION),
    /** The host accepts none of the keys, or the account. */
    AUTHENTICATION(ExitCode.CONNECTION),
    /** The host's key is unknown, has changed, or is revoked. */
    HOST_KEY(ExitCode.CONNECTION),
    /** The connection broke, or the command ended without an exit code: its effect is unknown. */
    LOST(ExitCode.CONNECTION),
    /** The host answered that it cannot: no such file, not allowed, disk full, a wrong copy. */
    REFUSED(ExitCode.CONNECTION),
    /** The command wrote more than is taken. */
    TOO_MUCH_OUTPUT(ExitCode.CONNECTION),
    /** The settings contradict themselves or name what is not there, so nothing was tried. */
    SETTINGS(ExitCode.USAGE),
    /** The waiting thread was interrupted: somebody wants to stop. */
    INTERRUPTED(ExitCode.ABORTED);

    private final ExitCode exitCode;

    Kind(ExitCode exitCode) {
      this.exitCode = exitCode;
    }

    /** Whether the host or the way to it is gone, perhaps not for long: nobody said no. */
    public boolean isAway() {
      return switch (this) {
        case TIMEOUT, UNREACHABLE, LOST -> true;
        case AUTHENTICATION, HOST_KEY, REFUSED, TOO_MUCH_OUTPUT, SETTINGS, INTERRUPTED -> false;
      };
    }
  }

  private final Kind kind;
  private final String host;

  /**
   * @param kind why
   * @param host the name of the host; the message begins with it
   * @param complaint the rest of the sentence
   */
  public HostException(Kind kind, String host, String complaint) {
    this(kind, host, complaint, null);
  }

  /** As above, with the cause, which is shown at log level DEBUG only. */
  public HostException(Kind kind, String host, String complaint, Throwable cause) {
    super(host + ": " + complaint, cause);
    this.kind = Objects.requireNonNull(kind);
    this.host = Objects.requireNonNull(host);
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }

  /** The name of the host. */
  public String host() {
    return host;
  }

  /** What a process ends with if nobody handles this. */
  public ExitCode exitCode() {
    return kind.exitCode;
  }
}

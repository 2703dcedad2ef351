package org.carillon.ssh.fanout;

import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.HostException;

/**
 * What became of a task on one host: one of five outcomes of the host, or that the host had no part
 * in it.
 *
 * @param <T> what the task yields
 */
public sealed interface HostOutcome<T> {

  /** It was done. */
  record Ok<T>(T value) implements HostOutcome<T> {}

  /**
   * The host was reached and answered no: a command ended with another code than 0, or a file could
   * not be read or written.
   *
   * @param result of the command, if it was one
   */
  record RemoteExit<T>(Optional<CommandResult> result, String complaint)
      implements HostOutcome<T> {}

  /** A deadline passed: that of the connection, of the login, of a silence, or of the whole. */
  record TimedOut<T>(String complaint) implements HostOutcome<T> {}

  /** There is no connection, or it broke; what was under way then may have happened or not. */
  record Unreachable<T>(String complaint) implements HostOutcome<T> {}

  /** It does not let us in, or cannot prove that it is the host that we know. */
  record Authentication<T>(String complaint) implements HostOutcome<T> {}

  /**
   * The host had no part in it: somebody wanted to stop, the settings name what is not there, or a
   * fault of ours.
   *
   * @param exitCode {@link ExitCode#ABORTED}, {@link ExitCode#USAGE}, {@link ExitCode#INTERNAL} or
   *     what the task threw
   */
  record NotDone<T>(ExitCode exitCode, String complaint) implements HostOutcome<T> {}

  /** The outcome of a task that failed. */
  static <T> HostOutcome<T> of(String host, Throwable failure) {
    return switch (failure) {
      case HostException e -> of(e);
      case RemoteExitException e -> new RemoteExit<>(Optional.of(e.result()), e.getMessage());
      case CarillonException e -> new NotDone<>(e.exitCode(), e.getMessage());
      default -> new NotDone<>(ExitCode.INTERNAL, host + ": internal error: " + failure);
    };
  }

  private static <T> HostOutcome<T> of(HostException failure) {
    String complaint = failure.getMessage();
    return switch (failure.kind()) {
      case TIMEOUT -> new TimedOut<>(complaint);
      case UNREACHABLE, LOST -> new Unreachable<>(complaint);
      case AUTHENTICATION, HOST_KEY -> new Authentication<>(complaint);
      case REFUSED, TOO_MUCH_OUTPUT -> new RemoteExit<>(Optional.empty(), complaint);
      case SETTINGS, INTERRUPTED -> new NotDone<>(failure.exitCode(), complaint);
    };
  }

  /** Whether it was done. */
  default boolean succeeded() {
    return this instanceof Ok<T>;
  }

  /** What the task yielded, if it was done. */
  default Optional<T> yielded() {
    return this instanceof Ok<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  /** One sentence that begins with the host's name, or {@code ok}. */
  default String sentence() {
    return switch (this) {
      case Ok<T> ok -> "ok";
      case RemoteExit<T> exit -> exit.complaint();
      case TimedOut<T> late -> late.complaint();
      case Unreachable<T> away -> away.complaint();
      case Authentication<T> stranger -> stranger.complaint();
      case NotDone<T> undone -> undone.complaint();
    };
  }

  /** The same outcome with another sentence; one that was done stays as it is. */
  default HostOutcome<T> saying(String sentence) {
    return switch (this) {
      case Ok<T> ok -> ok;
      case RemoteExit<T> exit -> new RemoteExit<>(exit.result(), sentence);
      case TimedOut<T> late -> new TimedOut<>(sentence);
      case Unreachable<T> away -> new Unreachable<>(sentence);
      case Authentication<T> stranger -> new Authentication<>(sentence);
      case NotDone<T> undone -> new NotDone<>(undone.exitCode(), sentence);
    };
  }

  /** Which of the outcomes it is, in a word that scripts may rely on. */
  default String word() {
    return switch (this) {
      case Ok<T> ok -> "ok";
      case RemoteExit<T> exit -> "remote-exit";
      case TimedOut<T> late -> "timeout";
      case Unreachable<T> away -> "unreachable";
      case Authentication<T> stranger -> "authentication";
      case NotDone<T> undone -> "not-done";
    };
  }

  /** What a process ends with whose only host this was. */
  default ExitCode exitCode() {
    return switch (this) {
      case Ok<T> ok -> ExitCode.SUCCESS;
      case RemoteExit<T> exit -> ExitCode.ALL_FAILED;
      case TimedOut<T> late -> ExitCode.TIMEOUT;
      case Unreachable<T> away -> ExitCode.CONNECTION;
      case Authentication<T> stranger -> ExitCode.CONNECTION;
      case NotDone<T> undone -> undone.exitCode();
    };
  }
}

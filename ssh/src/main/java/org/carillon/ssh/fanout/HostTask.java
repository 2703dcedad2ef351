package org.carillon.ssh.fanout;

import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;

/**
 * What to do on each host.
 *
 * @param <T> what it yields
 */
@FunctionalInterface
public interface HostTask<T> {

  /**
   * Does it on one host, on a thread that is interrupted when nobody waits for it any more.
   *
   * @throws org.carillon.ssh.HostException if it could not be done
   * @throws RemoteExitException if a command of it ended with another code than 0
   */
  T on(Host host);

  /**
   * Whether it may be done again after its connection broke or a deadline passed, when nobody knows
   * how much of it has happened. A command may not, a copy may.
   */
  default boolean repeatable() {
    return false;
  }

  /** A command that must end with 0; what it answers is the result. */
  static HostTask<CommandResult> running(Command command) {
    return host -> {
      CommandResult result = host.run(command);
      if (!result.succeeded()) {
        throw new RemoteExitException(host.name(), "`" + command.summary() + "`", result);
      }
      return result;
    };
  }

  /** The same task, which may be repeated. */
  default HostTask<T> mayBeRepeated() {
    HostTask<T> task = this;
    return new HostTask<>() {
      @Override
      public T on(Host host) {
        return task.on(host);
      }

      @Override
      public boolean repeatable() {
        return true;
      }
    };
  }
}

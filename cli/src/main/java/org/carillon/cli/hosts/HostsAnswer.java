package org.carillon.cli.hosts;

import java.util.Optional;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.fanout.HostOutcome;

/** What a command wrote on a host, whatever it ended with. */
final class HostsAnswer {

  private HostsAnswer() {}

  static Optional<CommandResult> of(HostOutcome<CommandResult> outcome) {
    // Not as a switch over types, which Java would put together at every start anew.
    return outcome instanceof HostOutcome.RemoteExit<CommandResult> exit
        ? exit.result()
        : outcome.yielded();
  }
}

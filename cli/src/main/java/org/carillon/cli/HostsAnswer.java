package org.carillon.cli;

import java.util.Optional;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.fanout.HostOutcome;

/** What a command wrote on a host, whatever it ended with. */
final class HostsAnswer {

  private HostsAnswer() {}

  static Optional<CommandResult> of(HostOutcome<CommandResult> outcome) {
    return switch (outcome) {
      case HostOutcome.Ok<CommandResult>(CommandResult result) -> Optional.of(result);
      case HostOutcome.RemoteExit<CommandResult> exit -> exit.result();
      case HostOutcome.TimedOut<CommandResult> late -> Optional.empty();
      case HostOutcome.Unreachable<CommandResult> away -> Optional.empty();
      case HostOutcome.Authentication<CommandResult> stranger -> Optional.empty();
      case HostOutcome.NotDone<CommandResult> undone -> Optional.empty();
    };
  }
}

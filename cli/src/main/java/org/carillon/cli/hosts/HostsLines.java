package org.carillon.cli.hosts;

import java.io.PrintWriter;
import java.util.SequencedMap;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.fanout.HostOutcome;

/** Every line with its host in front, host by host as they end. */
final class HostsLines implements HostsReport<CommandResult> {
  private final PrintWriter out;

  HostsLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void ended(String host, HostOutcome<CommandResult> outcome) {
    HostsAnswer.of(outcome)
        .ifPresent(
            result -> {
              result.out().lines().forEach(line -> out.println(host + ": " + line));
              out.flush();
              result.err().lines().forEach(line -> System.err.println(host + ": " + line));
            });
  }

  @Override
  public void print(
      SequencedMap<String, HostOutcome<CommandResult>> outcomes,
      PrintWriter nowhere,
      boolean quiet) {
    HostsSummary.print(outcomes, quiet);
  }
}

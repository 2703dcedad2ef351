package org.carillon.cli.hosts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.SequencedMap;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.fanout.HostOutcome;

/** One object a line for every host, as they end; nothing else is printed. */
final class HostsJson implements HostsReport<CommandResult> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;

  HostsJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void ended(String host, HostOutcome<CommandResult> outcome) {
    ObjectNode object = JSON.createObjectNode();
    object.put("host", host).put("outcome", outcome.word());
    HostsAnswer.of(outcome)
        .ifPresent(
            result ->
                object
                    .put("exit_code", result.exitCode())
                    .put("out", result.out())
                    .put("err", result.err()));
    if (!outcome.succeeded()) {
      object.put("complaint", outcome.sentence());
    }
    out.println(object);
    out.flush();
  }

  @Override
  public void print(
      SequencedMap<String, HostOutcome<CommandResult>> outcomes,
      PrintWriter nowhere,
      boolean quiet) {
    // All was told as it came.
  }
}

package org.carillon.cli.hosts;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.fanout.Folding;
import org.carillon.ssh.fanout.HostOutcome;

/** Equal answers once, with the hosts that gave them; what went to standard error goes there. */
final class HostsFolded implements HostsReport<CommandResult> {

  @Override
  public void print(
      SequencedMap<String, HostOutcome<CommandResult>> outcomes, PrintWriter out, boolean quiet) {
    fold(outcomes, CommandResult::out, out::println);
    out.flush();
    fold(outcomes, CommandResult::err, System.err::println);
    HostsSummary.print(outcomes, quiet);
  }

  private static void fold(
      Map<String, HostOutcome<CommandResult>> outcomes,
      Function<CommandResult, String> stream,
      Consumer<String> line) {
    Map<String, String> texts = new LinkedHashMap<>();
    outcomes.forEach(
        (host, outcome) ->
            HostsAnswer.of(outcome)
                .map(stream)
                .filter(text -> !text.isBlank())
                .ifPresent(text -> texts.put(host, text.stripTrailing())));
    for (Folding.Folded folded : Folding.fold(texts)) {
      if (folded.text().indexOf('\n') < 0) {
        line.accept(folded.toString());
      } else {
        line.accept(folded.who() + ":");
        folded.text().lines().forEach(text -> line.accept("  " + text));
      }
    }
  }
}

package org.carillon.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunDirectory;

/** What the user sees when a run is over. */
final class Ending {

  private static final double NS_PER_MS = 1e6;

  private final Crew crew;
  private final RunDirectory run;
  private final Map<String, String> outcomes;

  /**
   * @param outcomes {@code ok}, {@code failed}, {@code stopped} or {@code not started} by node
   */
  Ending(Crew crew, RunDirectory run, Map<String, String> outcomes) {
    this.crew = crew;
    this.run = run;
    this.outcomes = outcomes;
  }

  /** Writes results.tsv if there are results, and makes a table of the nodes. */
  String table(Optional<Analyzer.Found> found) {
    if (found.isEmpty()) {
      Table table = new Table("node", "outcome", "reason");
      outcomes.forEach(
          (node, outcome) -> table.row(node, outcome, crew.roster().reason(node).orElse("")));
      return table.toString();
    }
    List<Map<String, String>> lines = Results.lines(run, found.get().summary(), outcomes);
    Results.write(run, lines);
    Table table =
        new Table(
            "node",
            "outcome",
            "received",
            "lost",
            "dup",
            "rate/s",
            "clock",
            "p50 ms",
            "p99 ms",
            "max ms");
    for (Map<String, String> line : lines) {
      table.row(
          line.get("node"),
          line.get("outcome"),
          line.get("received"),
          line.get("lost"),
          line.get("duplicates"),
          shorter(line.get("rate_hz")),
          line.get("latency_clock"),
          milliseconds(line.get("p50_ns")),
          milliseconds(line.get("p99_ns")),
          milliseconds(line.get("max_ns")));
    }
    return table.toString();
  }

  private static String shorter(String rate) {
    return rate.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", Double.parseDouble(rate));
  }

  private static String milliseconds(String ns) {
    return ns.isEmpty() ? "–" : String.format(Locale.ROOT, "%.3f", Long.parseLong(ns) / NS_PER_MS);
  }

  /** The whole run in a sentence. */
  String sentence(ExitCode code) {
    List<String> failed = crew.roster().failedNodes();
    if (code == ExitCode.SUCCESS) {
      return "all " + outcomes.size() + " nodes ran to the end";
    }
    if (failed.isEmpty()) {
      return crew.roster()
          .reason(Names.COORDINATOR)
          .orElse("the nodes ran to the end, but: " + code.meaning());
    }
    return failed.size()
        + " of "
        + outcomes.size()
        + " nodes failed: "
        + String.join(
            "; ", failed.stream().map(node -> crew.roster().reason(node).orElse(node)).toList());
  }

  /** Nothing of the run is under way any more. */
  void forgetState() {
    try {
      Files.deleteIfExists(run.state());
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot remove " + run.state() + ": " + e.getMessage() + ".", e);
    }
  }
}

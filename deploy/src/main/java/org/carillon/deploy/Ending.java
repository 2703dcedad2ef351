package org.carillon.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.Table;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.run.CommandResults;
import org.carillon.core.run.Manifest;
import org.carillon.core.run.ResultsTable;
import org.carillon.core.run.RunDirectory;
import org.carillon.ssh.HostSentence;

/** What the user sees when a run is over. */
final class Ending {

  private static final double NS_PER_MS = 1e6;
  private static final double NS_PER_S = 1e9;

  private final Crew crew;
  private final RunDirectory run;
  private final Map<String, String> outcomes;
  private final Optional<ControlReport> control;

  /**
   * @param outcomes {@code ok}, {@code failed}, {@code stopped} or {@code not started} by node
   * @param control what the coordinator said, if it came to that
   */
  Ending(
      Crew crew, RunDirectory run, Map<String, String> outcomes, Optional<ControlReport> control) {
    this.crew = crew;
    this.run = run;
    this.outcomes = outcomes;
    this.control = control;
  }

  /** Writes results.tsv if there are results, and makes a table of the nodes. */
  String table(Optional<Analyzer.Found> found) {
    String table =
        switch (crew.experiment().workload()) {
          case Experiment.EventStream events ->
              found.map(this::eventsTable).orElseGet(this::reasonsTable);
          case Experiment.Exec exec ->
              control.map(this::commandsTable).orElseGet(this::reasonsTable);
        };
    return control
        .flatMap(ControlReport::start)
        .map(Manifest.Start::sentence)
        .map(sentence -> table + "\n" + sentence)
        .orElse(table);
  }

  private String reasonsTable() {
    Table table = new Table("node", "outcome", "reason");
    outcomes.forEach((node, outcome) -> table.row(node, outcome, reason(node)));
    return table.toString();
  }

  private String commandsTable(ControlReport report) {
    ResultsTable.write(run.results(), CommandResults.COLUMNS, commandsLines(report));
    Table table = new Table("node", "outcome", "exit code", "elapsed s", "start", "reason");
    outcomes.forEach(
        (node, outcome) -> {
          Optional<ControlReport.Worker> worker = Optional.ofNullable(report.workers().get(node));
          Optional<CommandResults.End> command = worker.flatMap(ControlReport.Worker::command);
          table.row(
              node,
              outcome,
              command.map(Ending::exitCode).orElse("–"),
              command
                  .map(ended -> String.format(Locale.ROOT, "%.3f", ended.elapsedNs() / NS_PER_S))
                  .orElse("–"),
              worker
                  .filter(one -> one.startAfterNs().isPresent())
                  .map(one -> start(one.startAfterNs().getAsLong()))
                  .orElse("–"),
              reason(node));
        });
    return table.toString();
  }

  private List<Map<String, String>> commandsLines(ControlReport report) {
    return CommandResults.cells(
        outcomes.entrySet().stream()
            .map(
                entry -> {
                  String node = entry.getKey();
                  Optional<ControlReport.Worker> worker =
                      Optional.ofNullable(report.workers().get(node));
                  return new CommandResults.Line(
                      node,
                      entry.getValue(),
                      worker.map(ControlReport.Worker::startBestNs).orElse(OptionalLong.empty()),
                      worker.flatMap(ControlReport.Worker::command),
                      Optional.of(reason(node))
                          .filter(reason -> !reason.isEmpty())
                          .or(() -> worker.map(ControlReport.Worker::reason))
                          .orElse(""));
                })
            .toList());
  }

  /** Why a node failed, without its name, which begins the line. */
  private String reason(String node) {
    return HostSentence.bare(node, crew.roster().reason(node).orElse(""));
  }

  private static String exitCode(CommandResults.End command) {
    String code =
        command.exitCode().isPresent() ? String.valueOf(command.exitCode().getAsInt()) : "–";
    return command.timedOut() ? code + ", timed out" : code;
  }

  /** After the common start, by the node's own bounded clock. */
  private static String start(long afterNs) {
    return String.format(Locale.ROOT, "%+.3f ms", afterNs / NS_PER_MS);
  }

  private String eventsTable(Analyzer.Found found) {
    List<Map<String, String>> lines =
        Results.lines(run, found.summary(), outcomes, control.map(ControlReport::allLatency));
    ResultsTable.write(run.results(), ResultsTable.COLUMNS, lines);
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
    long stopped = outcomes.values().stream().filter("stopped"::equals).count();
    if (code == ExitCode.SUCCESS) {
      return stopped == 0
          ? "all " + outcomes.size() + " nodes ran to the end"
          : stopped + " of " + outcomes.size() + " nodes were stopped before the end";
    }
    if (failed.isEmpty()) {
      return crew.roster()
          .reason(Names.COORDINATOR)
          .or(() -> control.map(ControlReport::outcome))
          .orElse("the nodes ran to the end, but: " + code.meaning());
    }
    return failed.size()
        + " of "
        + outcomes.size()
        + " nodes failed: "
        + String.join(
            "; ", failed.stream().map(node -> crew.roster().reason(node).orElse(node)).toList())
        + (stopped == 0
            ? ""
            : "; " + control.map(ControlReport::outcome).orElse("others were stopped"));
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

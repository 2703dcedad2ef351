package org.carillon.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The lines of {@code results.tsv} of a run of commands. */
public final class CommandResults {

  /** The columns, in order. */
  public static final List<String> COLUMNS =
      List.of(
          "node",
          "outcome",
          "exit_code",
          "elapsed_ns",
          "start_best_ns",
          "standard_output_bytes",
          "standard_error_bytes",
          "timed_out",
          "reason");

  /**
   * A node's result.
   *
   * @param outcome {@code ok}, {@code failed}, {@code stopped} or {@code not started}
   * @param startBestNs its first moment in true time by its best estimate, ns since the Unix epoch;
   *     empty if it did not start
   * @param end how the command ended; empty if that is not known
   * @param reason why it is not ok; may be empty
   */
  public record Line(
      String node, String outcome, OptionalLong startBestNs, Optional<End> end, String reason) {}

  /**
   * How a command ended.
   *
   * @param exitCode empty if it could not be started or did not end
   * @param elapsedNs from its release to its end
   * @param standardOutputBytes that it wrote, also those that were not kept
   * @param standardErrorBytes the same
   * @param timedOut whether it was ended because its time was over
   */
  public record End(
      OptionalInt exitCode,
      long elapsedNs,
      long standardOutputBytes,
      long standardErrorBytes,
      boolean timedOut) {}

  private CommandResults() {}

  /** Cells by column: a line for each node, and one for all, which tells how many are ok. */
  public static List<Map<String, String>> cells(List<Line> nodes) {
    List<Map<String, String>> lines = new ArrayList<>();
    nodes.forEach(node -> lines.add(cells(node)));
    long ok =
        nodes.stream().filter(node -> node.outcome().equals(WorkerEnd.COMPLETED.outcome())).count();
    lines.add(Map.of("node", ResultsTable.ALL, "outcome", ok + "/" + nodes.size() + " ok"));
    return lines;
  }

  private static Map<String, String> cells(Line node) {
    Map<String, String> line = new HashMap<>();
    line.put("node", node.node());
    line.put("outcome", node.outcome());
    node.startBestNs().ifPresent(ns -> line.put("start_best_ns", Long.toString(ns)));
    node.end().ifPresent(end -> cells(end, line));
    line.put("reason", node.reason());
    return line;
  }

  private static void cells(End end, Map<String, String> line) {
    end.exitCode().ifPresent(code -> line.put("exit_code", Integer.toString(code)));
    line.put("elapsed_ns", Long.toString(end.elapsedNs()));
    line.put("standard_output_bytes", Long.toString(end.standardOutputBytes()));
    line.put("standard_error_bytes", Long.toString(end.standardErrorBytes()));
    line.put("timed_out", Boolean.toString(end.timedOut()));
  }
}

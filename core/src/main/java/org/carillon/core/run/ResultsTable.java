package org.carillon.core.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code results.tsv}: a line for each node and one for all; docs/formats.md tells what is in it.
 */
public final class ResultsTable {

  /** The node's name of the last line. */
  public static final String ALL = "all";

  /** What is counted of a node's events. */
  public static final List<String> COUNTS =
      List.of("received", "lost", "duplicates", "out_of_order", "foreign");

  /** Percentiles of the latency, by column in ascending order. */
  public static final List<String> PERCENTILES = List.of("p50_ns", "p90_ns", "p99_ns", "p999_ns");

  /** The columns of a run of events, in order; those of commands: {@link CommandResults}. */
  public static final List<String> COLUMNS =
      Stream.of(
              List.of("node", "outcome", "sent"),
              COUNTS,
              List.of("rate_hz", "latency_clock", "latency_n"),
              PERCENTILES,
              List.of("max_ns"))
          .flatMap(List::stream)
          .toList();

  private ResultsTable() {}

  /**
   * Writes the table, whole or not at all.
   *
   * @param columns in order
   * @param lines cells by column; a column that a line does not have is empty there
   * @throws org.carillon.core.CarillonException USAGE if it cannot be written
   */
  public static void write(Path file, List<String> columns, List<Map<String, String>> lines) {
    RunFiles.publish(
        file,
        Stream.concat(
                Stream.of(String.join("\t", columns)),
                lines.stream().map(cells -> line(columns, cells)))
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
  }

  private static String line(List<String> columns, Map<String, String> cells) {
    return columns.stream()
        .map(column -> cells.getOrDefault(column, "").replaceAll("[\t\n\r]", " "))
        .collect(Collectors.joining("\t"));
  }
}

package org.carillon.analysis.compare;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a comparison as {@code comparison.csv}: a row per run, a column per metric. */
final class ComparisonCsv {

  private static final long NS_PER_SECOND = 1_000_000_000L;

  private ComparisonCsv() {}

  static String write(Compared compared) {
    List<String> header = new ArrayList<>(List.of("run", "start_time_ns", "start_time_iso"));
    compared.results().forEach(result -> header.add(result.series().metric().path()));
    StringBuilder text = new StringBuilder(line(header));
    for (int run = 0; run < compared.runs().size(); run++) {
      text.append(line(row(compared, run)));
    }
    return text.toString();
  }

  private static List<String> row(Compared compared, int index) {
    ComparedRun run = compared.runs().get(index);
    List<String> cells = new ArrayList<>();
    cells.add(run.name());
    cells.add(run.startNs().isPresent() ? String.valueOf(run.startNs().getAsLong()) : "");
    cells.add(start(run));
    for (MetricResult result : compared.results()) {
      cells.add(
          result.series().points().stream()
              .filter(point -> point.run() == index)
              .map(Series.Point::value)
              .map(ComparisonJson::plain)
              .map(BigDecimal::toPlainString)
              .findFirst()
              .orElse(""));
    }
    return cells;
  }

  /** When a run began, to the second; empty if nothing tells. */
  static String start(ComparedRun run) {
    return run.startNs().isPresent()
        ? Instant.ofEpochSecond(Math.floorDiv(run.startNs().getAsLong(), NS_PER_SECOND)).toString()
        : "";
  }

  private static String line(List<String> cells) {
    return cells.stream().map(ComparisonCsv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\\r\\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}

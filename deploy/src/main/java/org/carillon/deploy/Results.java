package org.carillon.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.ResultsTable;
import org.carillon.core.run.RunDirectory;

/**
 * results.tsv: one line per node and one for all. Counts and percentiles are those of the analysis;
 * the line for all has sums, and the percentiles of the histograms that the coordinator merged:
 * percentiles of several nodes do not add up, so without those it has the largest maximum only. Its
 * maximum is the largest of the nodes' by the same clock.
 */
final class Results {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Latency is taken from the best clock that both ends have. */
  private static final List<String> CLOCKS = List.of("bounded", "chronotick", "ntp", "system");

  /** By which the coordinator's histograms are. */
  private static final String MERGED_CLOCK = "bounded";

  private static final double NS_PER_SECOND = 1e9;

  private Results() {}

  /**
   * Makes the lines.
   *
   * @param outcomes {@code ok} or {@code failed} by node
   * @param allLatency of all nodes together, merged by the coordinator; as in control.json
   * @return cells by column, by node; the last line is that of {@code all}
   */
  static List<Map<String, String>> lines(
      RunDirectory run, Path summary, Map<String, String> outcomes, Optional<JsonNode> allLatency) {
    JsonNode json;
    try {
      json = JSON.readTree(summary.toFile());
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.INTERNAL, "cannot read " + summary + ": " + e.getMessage() + ".", e);
    }
    List<Map<String, String>> lines = new ArrayList<>();
    Map<String, Long> sums = new LinkedHashMap<>();
    long maxNs = Long.MIN_VALUE;
    long latencies = 0;
    for (Map.Entry<String, String> entry : outcomes.entrySet()) {
      Map<String, String> line = new LinkedHashMap<>();
      line.put("node", entry.getKey());
      line.put("outcome", entry.getValue());
      line.put("sent", text(json.path("events").path("sent")));
      JsonNode counts = json.path("events").path("workers").path(entry.getKey());
      for (String count : ResultsTable.COUNTS) {
        line.put(count, text(counts.path(count)));
        sums.merge(count, counts.path(count).asLong(0), Long::sum);
      }
      line.put("rate_hz", rate(run.workerCsv(entry.getKey())));
      Optional<String> clock =
          CLOCKS.stream()
              .filter(name -> latency(json, name, entry.getKey()).path("n").asLong(0) > 0)
              .findFirst();
      line.put("latency_clock", clock.orElse(""));
      JsonNode latency = latency(json, clock.orElse(""), entry.getKey());
      line.put("latency_n", text(latency.path("n")));
      ResultsTable.PERCENTILES.forEach(name -> line.put(name, text(latency.path(name))));
      line.put("max_ns", text(latency.path("max_ns")));
      if (latency.path("max_ns").isNumber()) {
        maxNs = Math.max(maxNs, latency.path("max_ns").asLong());
        latencies += latency.path("n").asLong();
      }
      lines.add(line);
    }
    Map<String, String> all = new LinkedHashMap<>();
    ResultsTable.COLUMNS.forEach(column -> all.put(column, ""));
    all.put("node", ResultsTable.ALL);
    long ok = outcomes.values().stream().filter("ok"::equals).count();
    all.put("outcome", ok + "/" + outcomes.size() + " ok");
    all.put("sent", text(json.path("events").path("sent")));
    sums.forEach((count, sum) -> all.put(count, String.valueOf(sum)));
    Optional<JsonNode> merged = allLatency.filter(latency -> latency.path("n").asLong(0) > 0);
    if (merged.isPresent()) {
      JsonNode latency = merged.get();
      all.put("latency_clock", MERGED_CLOCK);
      all.put("latency_n", text(latency.path("n")));
      ResultsTable.PERCENTILES.forEach(name -> all.put(name, text(latency.path(name))));
      // A histogram's largest value is rounded, and the rows' is not.
      all.put(
          "max_ns",
          lines.stream()
              .filter(line -> line.get("latency_clock").equals(MERGED_CLOCK))
              .map(line -> line.get("max_ns"))
              .filter(cell -> !cell.isEmpty())
              .max(Comparator.comparingLong(Long::parseLong))
              .orElseGet(() -> text(latency.path("max_ns"))));
    } else {
      all.put("latency_n", String.valueOf(latencies));
      all.put("max_ns", latencies == 0 ? "" : String.valueOf(maxNs));
    }
    lines.add(all);
    return lines;
  }

  private static JsonNode latency(JsonNode json, String clock, String node) {
    return json.path("latency").path(clock).path(node);
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? "" : value.asText();
  }

  /** Events per second between a file's first and last row; empty if there are not two. */
  static String rate(Path workerCsv) {
    if (!Files.isRegularFile(workerCsv)) {
      return "";
    }
    long firstNs = 0;
    long lastNs = 0;
    long rows = 0;
    try (var lines = Files.lines(workerCsv)) {
      var rest = lines.iterator();
      List<String> heading = rest.hasNext() ? List.of(rest.next().split(",")) : List.of();
      int column = heading.indexOf("receive_time_ns");
      while (column >= 0 && rest.hasNext()) {
        String[] cells = rest.next().split(",", column + 2);
        if (cells.length > column && cells[column].matches("\\d{1,19}")) {
          lastNs = Long.parseLong(cells[column]);
          firstNs = rows == 0 ? lastNs : firstNs;
          rows++;
        }
      }
    } catch (IOException | java.io.UncheckedIOException | NumberFormatException e) {
      return "";
    }
    return rows < 2 || lastNs <= firstNs
        ? ""
        : String.format(Locale.ROOT, "%.3f", (rows - 1) / ((lastNs - firstNs) / NS_PER_SECOND));
  }
}

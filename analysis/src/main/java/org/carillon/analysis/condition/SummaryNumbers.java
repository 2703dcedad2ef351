package org.carillon.analysis.condition;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.carillon.analysis.condition.Lookup.Known;
import org.carillon.analysis.condition.Lookup.Missing;
import org.carillon.analysis.condition.Lookup.Unknown;

/**
 * The numbers of one {@code summary.json}.
 *
 * <p>A path is the keys down to the number, joined by dots; a key that has dots itself, such as a
 * host's full name, needs no mark. A path into a section that lacks the node means the total over
 * all nodes: {@code causality.bounded.violations} is {@code totals.causality.bounded.violations}.
 */
public final class SummaryNumbers implements Numbers {

  /** No number of a summary comes near; one that has more was not written by this program. */
  private static final int MOST_DIGITS = 200;

  private static final String TOTALS = "totals.";
  private static final String HINDSIGHT = "hindsight";
  private static final String TIME = "_ns";
  private static final String TIME_INTERVAL = "_ci_ns";
  private static final String INTERVAL = "_ci";

  /** Sections that a summary has only if there is something to say. */
  private static final Set<String> OPTIONAL =
      Set.of("coverage", "models", "incidents", "mixed_sources", "control", HINDSIGHT);

  private final NavigableMap<String, BigDecimal> numbers = new TreeMap<>();

  /** Why there is no number, by path; of whatever lies below it, too. */
  private final Map<String, String> missing = new TreeMap<>();

  /** By the path of the interval, such as {@code latency.bounded.n1.p99_ci_ns}. */
  private final Map<String, Interval> intervals = new TreeMap<>();

  private final Set<String> sections;
  private final List<String> windows;

  /** A confidence interval of a number. */
  public record Interval(BigDecimal low, BigDecimal high) {}

  private SummaryNumbers(Set<String> sections, List<String> windows) {
    this.sections = sections;
    this.windows = windows;
  }

  /** Takes the numbers out of a summary. */
  public static SummaryNumbers of(JsonNode summary) {
    Map<String, JsonNode> sections = new LinkedHashMap<>();
    summary.properties().forEach(entry -> sections.put(entry.getKey(), entry.getValue()));
    SummaryNumbers all =
        new SummaryNumbers(
            Set.copyOf(sections.keySet()),
            summary.path("windows").properties().stream().map(Map.Entry::getKey).toList());
    new Totals(summary).numbers().forEach((path, total) -> all.add(TOTALS + path, total));
    sections.remove("schema");
    sections.forEach(all::add); // after the totals, so that those which stand in the file win
    return all;
  }

  private void add(String path, Lookup found) {
    switch (found) {
      case Known(BigDecimal value) -> numbers.put(path, value);
      case Missing(String why) -> missing.put(path, why);
      case Unknown _ -> {}
    }
  }

  private void add(String path, JsonNode node) {
    if (node.isNumber() && Math.abs(node.decimalValue().scale()) <= MOST_DIGITS) {
      numbers.put(path, node.decimalValue());
      missing.remove(path);
    } else if (node.isNull()) {
      numbers.remove(path);
      missing.put(path, path + " is null: there was nothing, or too little, to compute it from");
    } else if (node.isArray() && node.size() == 2 && isInterval(path)) {
      if (node.get(0).isNumber() && node.get(1).isNumber()) {
        intervals.put(path, new Interval(node.get(0).decimalValue(), node.get(1).decimalValue()));
      }
    } else if (node.isObject()) {
      if (!node.path("comparable").asBoolean(true)) {
        missing.put(path, node.path("why").asText("it cannot be compared"));
      }
      node.properties().forEach(entry -> add(path + "." + entry.getKey(), entry.getValue()));
    }
  }

  /** All paths that have a number, sorted. */
  public Set<String> paths() {
    return Collections.unmodifiableSet(numbers.keySet());
  }

  private static boolean isInterval(String path) {
    return path.endsWith(TIME_INTERVAL) || path.endsWith(INTERVAL);
  }

  /** The interval of 95 % that the summary gives for a number, if it does. */
  public Optional<Interval> interval(String path) {
    String name =
        path.endsWith(TIME)
            ? path.substring(0, path.length() - TIME.length()) + TIME_INTERVAL
            : path + INTERVAL;
    return Optional.ofNullable(intervals.get(name))
        .or(() -> Optional.ofNullable(intervals.get(TOTALS + name)));
  }

  /** The window sizes that were judged, as they are written in paths. */
  public List<String> windows() {
    return windows;
  }

  @Override
  public Lookup find(String path) {
    for (String candidate : List.of(path, TOTALS + path)) {
      BigDecimal number = numbers.get(candidate);
      if (number != null) {
        return new Known(number);
      }
    }
    for (String candidate : List.of(path, TOTALS + path)) {
      for (int end = candidate.length(); end > 0; end = candidate.lastIndexOf('.', end - 1)) {
        String why = missing.get(candidate.substring(0, end));
        if (why != null) {
          return new Missing(why);
        }
      }
    }
    String section = path.substring(0, path.indexOf('.') < 0 ? path.length() : path.indexOf('.'));
    if (OPTIONAL.contains(section) && !sections.contains(section)) {
      return new Missing("this summary has no section '" + section + "'");
    }
    if (path.contains("." + HINDSIGHT + ".") && missing.containsKey(HINDSIGHT)) {
      return new Missing(missing.get(HINDSIGHT)); // a clock that is there only where it is known
    }
    return new Unknown(NearestPaths.of(path, numbers.keySet()));
  }
}

package org.carillon.analysis.condition;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carillon.analysis.condition.Lookup.Known;
import org.carillon.analysis.condition.Lookup.Missing;

/**
 * Sums over the nodes, and shares of them, for what a summary does not total itself. Only counts
 * are summed; percentiles of several nodes cannot be made from those of each.
 */
final class Totals {

  /** Counts that are told as a share, and of what. */
  private static final Map<String, String> SHARES =
      Map.of("violations", "violation_rate", "ambiguous", "ambiguous_rate");

  /** Of a share; one event in a thousand million is seen. */
  private static final int DECIMALS = 9;

  private final JsonNode summary;
  private final Map<String, Lookup> numbers = new TreeMap<>();

  Totals(JsonNode summary) {
    this.summary = summary;
  }

  /** By path, without the leading {@code totals}. */
  Map<String, Lookup> numbers() {
    events();
    for (String section : new String[] {"causality", "ordering", "coverage"}) {
      clocks(section, summary.path(section));
    }
    summary
        .path("windows")
        .properties()
        .forEach(size -> clocks("windows." + size.getKey(), size.getValue()));
    incidents();
    return numbers;
  }

  private void events() {
    sum("events", summary.path("events").path("workers"));
    count("events.lost")
        .flatMap(lost -> count("events.received").map(lost::add))
        .filter(expected -> expected.signum() > 0)
        .ifPresent(expected -> share("events.loss_rate", count("events.lost").get(), expected));
  }

  private void clocks(String section, JsonNode clocks) {
    for (Map.Entry<String, JsonNode> clock : clocks.properties()) {
      String path = section + "." + clock.getKey();
      sum(path, clock.getValue());
      count(path + ".pairs")
          .filter(pairs -> pairs.signum() > 0)
          .ifPresent(
              pairs ->
                  SHARES.forEach(
                      (name, rate) ->
                          count(path + "." + name)
                              .ifPresent(part -> share(path + "." + rate, part, pairs))));
    }
  }

  /** Nodes without any incident are not in the section, and without incidents there is none. */
  private void incidents() {
    boolean recorded =
        summary.path("input").properties().stream()
            .anyMatch(file -> file.getKey().startsWith("clock_"));
    JsonNode nodes = summary.path("incidents");
    if (!recorded && nodes.isMissingNode()) {
      return;
    }
    numbers.put("incidents.broken_assumptions", new Known(BigDecimal.ZERO));
    for (JsonNode node : nodes) {
      add("incidents.broken_assumptions", node.path("broken_assumptions"));
      node.path("counts")
          .properties()
          .forEach(count -> add("incidents.counts." + count.getKey(), count.getValue()));
    }
  }

  /** Adds up the counts of all nodes that have some. */
  private void sum(String path, JsonNode nodes) {
    Optional<String> why = Optional.empty();
    boolean any = false;
    for (JsonNode node : nodes) {
      if (!node.path("comparable").asBoolean(true)) {
        why = why.or(() -> Optional.of(node.path("why").asText()));
        continue;
      }
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!entry.getKey().endsWith("_ns") && entry.getValue().isIntegralNumber()) {
          any = true;
          add(path + "." + entry.getKey(), entry.getValue());
        }
      }
    }
    if (!any) {
      why.ifPresent(sentence -> numbers.put(path, new Missing(sentence)));
    }
  }

  private void add(String path, JsonNode count) {
    BigInteger before = count(path).map(BigDecimal::toBigInteger).orElse(BigInteger.ZERO);
    numbers.put(path, new Known(new BigDecimal(before.add(count.bigIntegerValue()))));
  }

  private void share(String path, BigDecimal part, BigDecimal whole) {
    numbers.put(path, new Known(part.divide(whole, DECIMALS, RoundingMode.HALF_EVEN)));
  }

  private Optional<BigDecimal> count(String path) {
    return Optional.ofNullable(numbers.get(path)).flatMap(Lookup::number);
  }
}

package org.carillon.analysis.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Asks the store about the clocks themselves. */
final class ClockStatistics {

  private final Database database;

  ClockStatistics(Database database) {
    this.database = database;
  }

  /**
   * What hindsight brings.
   *
   * @param hindsight how its intervals were made
   */
  HindsightSummary hindsight(PerNode<NodeHindsight> hindsight) {
    if (hindsight.known().isEmpty()) {
      return new HindsightSummary(
          hindsight, HindsightSummary.Orders.NONE, HindsightSummary.Orders.NONE);
    }
    Map<String, Judgement<NodeHindsight>> nodes = new LinkedHashMap<>(hindsight.entries());
    for (Row row : database.ask("hindsight_widths")) {
      nodes.computeIfPresent(
          Summary.nodeName(row.optionalText("node")),
          (_, judgement) ->
              judgement
                  .known()
                  .<Judgement<NodeHindsight>>map(
                      node ->
                          new Judgement.Known<>(
                              node.withWidths(
                                  row.optionalNumber("online_ns"),
                                  row.optionalNumber("hindsight_ns"))))
                  .orElse(judgement));
    }
    Map<String, HindsightSummary.Orders> orders =
        database.ask("hindsight_orders").stream()
            .collect(
                Collectors.toMap(
                    row -> row.text("what"),
                    row ->
                        new HindsightSummary.Orders(
                            row.number("n"), row.number("online"), row.number("hindsight"))));
    return new HindsightSummary(
        new PerNode<>(hindsight.why(), nodes), orders.get("arrivals"), orders.get("sends"));
  }

  /** How good claims were, by model and node. */
  Map<String, Map<String, ModelJudgement>> models() {
    Map<String, Map<String, ModelJudgement>> all = new LinkedHashMap<>();
    for (Row row : database.ask("model_judgement")) {
      all.computeIfAbsent(row.text("model"), _ -> new LinkedHashMap<>())
          .put(
              row.text("node"),
              new ModelJudgement(
                  row.number("n"),
                  row.number("compatible"),
                  row.number("contained"),
                  row.optionalNumber("median_ns"),
                  row.optionalNumber("rms_ns")));
    }
    return all;
  }

  /** What happened, by node. */
  Map<String, Incidents> incidents() {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    Map<String, List<Incidents.Incident>> first = new HashMap<>();
    for (Row row : database.ask("incidents")) {
      counts
          .computeIfAbsent(row.text("node"), _ -> new LinkedHashMap<>())
          .put(row.text("kind"), row.number("of_this_kind"));
      first
          .computeIfAbsent(row.text("node"), _ -> new ArrayList<>())
          .add(
              new Incidents.Incident(
                  row.optionalNumber("local_time_ns"),
                  row.text("kind"),
                  row.optionalNumber("size_ns"),
                  row.optionalText("detail")));
    }
    Map<String, Incidents> all = new LinkedHashMap<>();
    counts.forEach((node, kinds) -> all.put(node, new Incidents(kinds, first.get(node))));
    return all;
  }
}

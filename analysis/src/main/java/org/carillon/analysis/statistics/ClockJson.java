package org.carillon.analysis.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** The part of {@code summary.json} about the clocks themselves. */
final class ClockJson {

  private ClockJson() {}

  static void write(ObjectNode root, Summary summary) {
    hindsight(root.putObject("hindsight"), summary.hindsight());
    if (!summary.models().isEmpty()) {
      models(root.putObject("models"), summary.models());
    }
    if (!summary.incidents().isEmpty()) {
      ObjectNode incidents = root.putObject("incidents");
      summary.incidents().forEach((node, i) -> incidents(incidents.putObject(node), i));
    }
  }

  private static void hindsight(ObjectNode node, HindsightSummary hindsight) {
    hindsight.nodes().why().ifPresent(why -> SummaryJson.notComparable(node, why));
    if (hindsight.nodes().why().isEmpty()) {
      SummaryJson.nodes(node.putObject("nodes"), hindsight.nodes(), ClockJson::nodeHindsight);
      ObjectNode orders = node.putObject("orders");
      orders(orders.putObject("arrivals"), hindsight.arrivals());
      orders(orders.putObject("sends"), hindsight.sends());
    }
  }

  private static void models(ObjectNode node, Map<String, Map<String, ModelJudgement>> models) {
    models.forEach(
        (model, byNode) -> {
          ObjectNode nodes = node.putObject(model);
          byNode.forEach(
              (name, judgement) -> {
                ObjectNode one = nodes.putObject(name);
                one.put("n", judgement.n());
                one.put("compatible", judgement.compatible());
                one.put("contained", judgement.contained());
                one.put("coverage_low", rounded(judgement.coverageLow()));
                one.put("coverage_high", rounded(judgement.coverageHigh()));
                EntryJson.number(one, "median_error_ns", judgement.medianNs());
                EntryJson.number(one, "rms_error_ns", judgement.rmsNs());
              });
        });
  }

  private static void incidents(ObjectNode node, Incidents incidents) {
    node.put("broken_assumptions", incidents.broken());
    ObjectNode counts = node.putObject("counts");
    incidents.counts().forEach(counts::put);
    ArrayNode first = node.putArray("first");
    for (Incidents.Incident incident : incidents.first()) {
      ObjectNode one = first.addObject();
      EntryJson.number(one, "local_time_ns", incident.localTimeNs());
      one.put("kind", incident.kind());
      EntryJson.number(one, "size_ns", incident.sizeNs());
      one.put("detail", incident.detail().orElse(null));
    }
  }

  /** A share with four decimals. */
  private static BigDecimal rounded(double share) {
    return BigDecimal.valueOf(share).setScale(4, RoundingMode.HALF_EVEN);
  }

  private static void orders(ObjectNode node, HindsightSummary.Orders orders) {
    node.put("pairs", orders.n());
    node.put("provable_online", orders.online());
    node.put("provable", orders.hindsight());
  }

  private static void nodeHindsight(ObjectNode node, NodeHindsight hindsight) {
    node.put("assumptions", hindsight.assumptions());
    node.put("assumptions_recorded", hindsight.assumptionsRecorded());
    node.put("servers", hindsight.servers());
    node.put("samples", hindsight.samples());
    node.put("events", hindsight.moments());
    node.put("intervals", hindsight.intervals());
    node.put("apart", hindsight.apart());
    node.put("bounds", hindsight.bounds());
    node.put("refuted_bounds", hindsight.refutedBounds());
    EntryJson.number(node, "online_p50_ns", hindsight.onlineP50Ns());
    EntryJson.number(node, "p50_ns", hindsight.hindsightP50Ns());
  }
}

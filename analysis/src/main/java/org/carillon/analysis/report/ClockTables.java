package org.carillon.analysis.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.HindsightSummary;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.NodeHindsight;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Summary;

/**
 * What happened to the clocks, what hindsight says of them, and how good claims about them were.
 */
final class ClockTables {

  private final Summary summary;
  private final List<Block> blocks = new ArrayList<>();

  private ClockTables(Summary summary) {
    this.summary = summary;
  }

  static List<Block> of(Summary summary) {
    ClockTables tables = new ClockTables(summary);
    tables.incidents();
    tables.hindsight();
    tables.models();
    return List.copyOf(tables.blocks);
  }

  private void incidents() {
    List<List<String>> rows = new ArrayList<>();
    summary
        .incidents()
        .forEach(
            (node, incidents) ->
                incidents
                    .first()
                    .forEach(
                        incident ->
                            rows.add(
                                List.of(
                                    node,
                                    incident.localTimeNs().isPresent()
                                        ? utc(incident.localTimeNs().getAsLong())
                                        : "–",
                                    incident.kind(),
                                    Quantity.milliseconds(incident.sizeNs()),
                                    incident.detail().orElse("")))));
    if (!rows.isEmpty()) {
      blocks.add(
          Table.of(
                  "incidents",
                  "What happened to the clocks, as each node noticed it",
                  List.of("node", "when (UTC by its clock)", "what", "size (ms)", "detail"),
                  rows)
              .captioned(
                  "The first 100 at each node, and at least one of each kind; summary.json counts all."));
    }
  }

  private static String utc(long ns) {
    return Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L))
        .plusMillis(Math.floorMod(ns, 1_000_000_000L) / 1_000_000)
        .toString();
  }

  private void hindsight() {
    PerNode<NodeHindsight> nodes = summary.hindsight().nodes();
    nodes.why().ifPresent(why -> blocks.add(new Block.Note("No hindsight: " + why + ".")));
    if (nodes.why().isPresent()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    nodes
        .known()
        .forEach(
            (node, h) ->
                rows.add(
                    List.of(
                        node,
                        Quantity.count(h.servers()),
                        Quantity.count(h.samples()),
                        Quantity.count(h.moments()),
                        Quantity.count(h.intervals()),
                        Quantity.milliseconds(h.onlineP50Ns()),
                        Quantity.milliseconds(h.hindsightP50Ns()),
                        Quantity.count(h.bounds()),
                        Quantity.count(h.refutedBounds()),
                        h.assumptions() + (h.assumptionsRecorded() ? "" : " (not recorded)"))));
    if (!rows.isEmpty()) {
      blocks.add(
          Table.of(
              "hindsight",
              "Hindsight: what it is made from, and median widths in ms of intervals of the same"
                  + " events",
              List.of(
                  "node",
                  "servers",
                  "samples",
                  "events",
                  "intervals",
                  "width online",
                  "in hindsight",
                  "bounds from events",
                  "refuted",
                  "assumed of the clock"),
              rows));
      blocks.add(
          Table.of(
              "hindsight_orders",
              "Orders that are provable, of those with intervals in hindsight at both ends",
              List.of("order", "n", "online", "share", "in hindsight", "share"),
              List.of(
                  orders(
                      "arrivals of the same event at two workers", summary.hindsight().arrivals()),
                  orders("sending before receiving", summary.hindsight().sends()))));
    }
    nodes
        .entries()
        .forEach(
            (node, judgement) -> {
              if (judgement instanceof Judgement.NotComparable<NodeHindsight>(String why)) {
                blocks.add(new Block.Note("No hindsight at " + node + ": " + why + "."));
              }
            });
  }

  private void models() {
    List<List<String>> rows = new ArrayList<>();
    summary
        .models()
        .forEach(
            (model, byNode) ->
                byNode.forEach(
                    (node, j) ->
                        rows.add(
                            List.of(
                                model,
                                node,
                                Quantity.count(j.n()),
                                Quantity.count(j.refuted()),
                                Quantity.count(j.contained()),
                                Quantity.count(j.undecided()),
                                j.n() == 0
                                    ? "–"
                                    : share(j.coverageLow()) + " to " + share(j.coverageHigh()),
                                Quantity.milliseconds(j.medianNs()),
                                Quantity.milliseconds(j.rmsNs())))));
    if (!rows.isEmpty()) {
      blocks.add(
          Table.of(
                  "claims",
                  "Claims about clocks, judged by NTP exchanges that came after them; errors in ms",
                  List.of(
                      "claim of",
                      "node",
                      "n",
                      "provably wrong",
                      "confirmed",
                      "too coarse to tell",
                      "share right (95 %)",
                      "median |error|",
                      "RMS error"),
                  rows)
              .captioned(
                  "n: exchanges with a claim to judge. Share right: from Wilson's lower limit of"
                      + " those confirmed to his upper limit of those not proven wrong."));
    }
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static List<String> orders(String what, HindsightSummary.Orders orders) {
    return List.of(
        what,
        Quantity.count(orders.n()),
        Quantity.count(orders.online()),
        Quantity.percent(orders.online(), orders.n()),
        Quantity.count(orders.hindsight()),
        Quantity.percent(orders.hindsight(), orders.n()));
  }
}

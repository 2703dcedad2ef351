package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.HindsightSummary;
import org.carillon.analysis.statistics.ModelJudgement;
import org.carillon.analysis.statistics.Summary;

/** What hindsight brings, and how good claims about clocks were, in a sentence each. */
final class ClockFindings {

  private final Summary summary;
  private final Diagnosis diagnosis;
  private final List<String> findings = new ArrayList<>();

  private ClockFindings(Summary summary, Diagnosis diagnosis) {
    this.summary = summary;
    this.diagnosis = diagnosis;
  }

  static List<String> of(Summary summary, Diagnosis diagnosis) {
    ClockFindings findings = new ClockFindings(summary, diagnosis);
    findings.hindsight();
    findings.models();
    return findings.findings;
  }

  private void hindsight() {
    HindsightSummary hindsight = summary.hindsight();
    if (!hindsight.exists()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    parts.addAll(
        provable("which of two workers had an event first can be told", hindsight.arrivals()));
    parts.addAll(provable("sending before receiving is proven", hindsight.sends()));
    if (!parts.isEmpty()) {
      findings.add(
          "In hindsight, by the samples after each event too, "
              + String.join("; ", parts)
              + (diagnosis.refutes(Clock.HINDSIGHT, summary)
                  ? " – if its bounds held, and they do not (see the warnings)."
                  : "."));
    }
  }

  private void models() {
    List<String> parts = new ArrayList<>();
    summary
        .models()
        .forEach(
            (model, byNode) -> {
              long n = Findings.sum(byNode, ModelJudgement::n);
              long confirmed = Findings.sum(byNode, ModelJudgement::contained);
              long undecided = Findings.sum(byNode, ModelJudgement::undecided);
              if (n > 0) {
                parts.add(
                    model
                        + " "
                        + Quantity.count(Findings.sum(byNode, ModelJudgement::refuted))
                        + " of "
                        + Quantity.count(n)
                        + " ("
                        + Quantity.count(confirmed)
                        + " confirmed"
                        + (undecided == 0
                            ? ")"
                            : ", "
                                + Quantity.count(undecided)
                                + " the samples are too coarse to tell)"));
              }
            });
    if (!parts.isEmpty()) {
      findings.add(
          "Claims about nodes' clocks that the NTP exchanges after them prove wrong: "
              + String.join("; ", parts)
              + ".");
    }
  }

  private static List<String> provable(String what, HindsightSummary.Orders orders) {
    return orders.n() == 0
        ? List.of()
        : List.of(
            what
                + " for "
                + Quantity.percent(orders.hindsight(), orders.n())
                + " of "
                + Quantity.count(orders.n(), "pair")
                + " where it was "
                + Quantity.percent(orders.online(), orders.n())
                + " online");
  }
}

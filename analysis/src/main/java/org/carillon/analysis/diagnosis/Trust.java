package org.carillon.analysis.diagnosis;

import java.util.List;
import java.util.Map;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Coverage;
import org.carillon.analysis.statistics.Summary;

/** What trust in a clock rests on, and what takes it away, in clauses of a sentence. */
final class Trust {

  private final Summary summary;
  private final Diagnosis diagnosis;

  Trust(Summary summary, Diagnosis diagnosis) {
    this.summary = summary;
    this.diagnosis = diagnosis;
  }

  boolean isRefuted(Clock clock) {
    return diagnosis.refutes(clock, summary);
  }

  /** What shows that a clock's bounds do not hold. */
  String refutation(Clock clock) {
    Map<String, Coverage> coverage = summary.coverage().getOrDefault(clock, Map.of());
    long n = Findings.sum(coverage, Coverage::n);
    long outside = n - Findings.sum(coverage, Coverage::inside);
    Map<String, Causality> causality = summary.causality().get(clock).known();
    long violations = Findings.sum(causality, Causality::violations);
    List<Diagnosis.Contradiction> contradictions =
        diagnosis.contradictions().stream().filter(c -> c.clock().equals(clock.key())).toList();
    if (outside > 0) {
      return "which leaves true time outside its bounds in " + of(outside, n, "readings");
    }
    if (violations > 0) {
      return "which has "
          + of(violations, Findings.sum(causality, Causality::pairs), "receptions")
          + " before their own sending, beyond all bounds";
    }
    return "whose bounds at two workers exclude each other for "
        + of(
            contradictions.stream().mapToLong(Diagnosis.Contradiction::events).sum(),
            contradictions.stream().mapToLong(Diagnosis.Contradiction::pairs).sum(),
            "arrivals");
  }

  /** What a verdict rests on. */
  String provided(Clock clock) {
    Map<String, Coverage> coverage = summary.coverage().getOrDefault(clock, Map.of());
    long n = Findings.sum(coverage, Coverage::n);
    if (n > 0) {
      return " (true time, known here, lies in all " + Quantity.count(n) + " intervals)";
    }
    return clock == Clock.BOUNDED
        ? " (if its servers err by no more than they claim and no node drifts beyond its limit)"
        : " (if its bounds hold, which this data does not refute)";
  }

  static String by(Clock clock) {
    return switch (clock) {
      case SYSTEM -> "by the system clock";
      case BOUNDED -> "by the bounded clock";
      case NTP, CHRONOTICK -> "by " + clock.title();
      case HINDSIGHT -> "in hindsight";
    };
  }

  /** A count of others and its share: {@code 727 of 2,995 receptions (24.3 %)}. */
  static String of(long part, long whole, String things) {
    return Quantity.count(part)
        + " of "
        + Quantity.count(whole)
        + " "
        + things
        + (part == 0 || part == whole ? "" : " (" + Quantity.percent(part, whole) + ")");
  }
}

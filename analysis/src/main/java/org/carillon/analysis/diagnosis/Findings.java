package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Coverage;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.Ordering;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Windows;

/** What came out, in some detail: what arrived, what each clock made of it, which to believe. */
public final class Findings {

  private static final long PREFERRED_WINDOW_NS = 100_000_000L;

  private final Summary summary;
  private final Diagnosis diagnosis;
  private final Set<String> ended;
  private final List<String> findings = new ArrayList<>();

  private Findings(Summary summary, Diagnosis diagnosis, Set<String> ended) {
    this.summary = summary;
    this.diagnosis = diagnosis;
    this.ended = ended;
  }

  /**
   * The findings, each one sentence.
   *
   * @param ended workers that are known to have ended before the run did
   */
  public static List<String> of(Summary summary, Diagnosis diagnosis, Set<String> ended) {
    Findings findings = new Findings(summary, diagnosis, ended);
    findings.accounting();
    findings.pointClock(Clock.SYSTEM, "By the uncorrected system clocks");
    findings.pointClock(Clock.NTP, "With NTP offsets applied at both ends");
    findings.intervalClock(Clock.CHRONOTICK);
    findings.intervalClock(Clock.BOUNDED);
    findings.findings.addAll(ClockFindings.of(summary, diagnosis));
    findings.windows();
    findings.coverage();
    findings.findings.addAll(QualityFindings.of(summary));
    return List.copyOf(findings.findings);
  }

  private void accounting() {
    Map<String, Accounting> workers = summary.workers();
    long expected = Math.multiplyExact(summary.sent(), workers.size());
    long received = workers.values().stream().mapToLong(Accounting::received).sum();
    long late =
        ended.stream().mapToLong(node -> diagnosis.afterTheLast().getOrDefault(node, 0L)).sum();
    findings.add(
        Quantity.count(summary.sent(), "event")
            + (diagnosis.sending().spanNs() > 0
                ? " in " + Quantity.duration(diagnosis.sending().spanNs())
                : "")
            + " went to "
            + (workers.size() <= 3
                ? Nodes.list(workers.keySet())
                : Quantity.count(workers.size(), "worker"))
            + "; "
            + (received == expected
                ? "every one arrived everywhere."
                : Quantity.percent(received, expected)
                    + " of the arrivals are on record, "
                    + Quantity.count(expected - received)
                    + (expected - received == 1 ? " is" : " are")
                    + " missing"
                    + (late == 0
                        ? "."
                        : ", "
                            + Quantity.count(late)
                            + " of them since a worker had ended before.")));
  }

  private void pointClock(Clock clock, String how) {
    Map<String, Causality> known = summary.causality().get(clock).known();
    if (known.isEmpty()) {
      return;
    }
    long pairs = sum(known, Causality::pairs);
    long violations = sum(known, Causality::violations);
    Map<String, Distribution> latency = summary.latency().get(clock).known();
    String median = medians(latency);
    findings.add(
        how
            + ", "
            + (violations == 0
                ? "no event was received before it was sent"
                : Quantity.count(violations)
                    + " of "
                    + Quantity.count(pairs)
                    + " receptions ("
                    + Quantity.percent(violations, pairs)
                    + ") come before their own sending, which cannot be")
            + (median.isEmpty() ? "" : "; the median latency reads " + median)
            + ".");
  }

  private static String medians(Map<String, Distribution> latency) {
    Map<String, Long> medians = new TreeMap<>();
    latency.forEach(
        (node, d) -> {
          if (d.p50Ns().isPresent()) {
            medians.put(node, d.p50Ns().getAsLong());
          }
        });
    if (medians.isEmpty()) {
      return "";
    }
    if (medians.size() <= 3) {
      return Nodes.list(
          medians.entrySet().stream()
              .map(e -> Quantity.duration(e.getValue()) + " at " + e.getKey())
              .toList());
    }
    long least = medians.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    long most = medians.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    return "from " + Quantity.duration(least) + " to " + Quantity.duration(most);
  }

  private void intervalClock(Clock clock) {
    Map<String, Causality.Interval> causality =
        summary.causality().get(clock).known().entrySet().stream()
            .filter(e -> e.getValue() instanceof Causality.Interval)
            .collect(Collectors.toMap(Map.Entry::getKey, e -> (Causality.Interval) e.getValue()));
    Map<String, Ordering> ordering = summary.ordering().get(clock).known();
    boolean held = !diagnosis.refutes(clock, summary);
    List<String> parts = new ArrayList<>();
    if (!causality.isEmpty()) {
      long pairs = sum(causality, Causality.Interval::pairs);
      parts.add(
          "sending before receiving "
              + (held ? "is" : "would be")
              + " proven for "
              + Quantity.percent(sum(causality, Causality.Interval::proven), pairs)
              + " of the receptions, open for "
              + Quantity.percent(sum(causality, Causality.Interval::ambiguous), pairs)
              + " and violated for "
              + Quantity.percent(sum(causality, Causality.Interval::violations), pairs));
    }
    if (!ordering.isEmpty()) {
      long pairs = sum(ordering, Ordering::pairs);
      parts.add(
          "which of two workers had an event first "
              + (held ? "can be" : "would be")
              + " told for "
              + Quantity.percent(pairs - sum(ordering, Ordering::ambiguous), pairs)
              + " of the arrivals");
    }
    String width = width(clock);
    if (!width.isEmpty()) {
      parts.add("a commit " + (held ? "must" : "would have to") + " wait " + width);
    }
    if (!parts.isEmpty()) {
      findings.add(
          "By the "
              + (clock == Clock.BOUNDED ? "bounded clock" : clock.title() + " bounds")
              + ", "
              + String.join("; ", parts)
              + (held ? "." : " – if its bounds held, and they do not (see the warnings)."));
    }
  }

  private String width(Clock clock) {
    OptionalLong least =
        summary.commitWait().get(clock).known().values().stream()
            .flatMapToLong(wait -> wait.atEvent().p50Ns().stream())
            .min();
    OptionalLong most =
        summary.commitWait().get(clock).known().values().stream()
            .flatMapToLong(wait -> wait.atEvent().p50Ns().stream())
            .max();
    if (least.isEmpty()) {
      return "";
    }
    return Quantity.range(least.getAsLong(), most.getAsLong()) + " in the median";
  }

  private void windows() {
    long sizeNs = preferredWindow(summary);
    if (sizeNs == 0) {
      return;
    }
    List<String> parts = new ArrayList<>();
    summary
        .windows()
        .get(sizeNs)
        .forEach(
            (clock, perNode) -> {
              Map<String, Windows> known = perNode.known();
              if (known.isEmpty()) {
                return;
              }
              long pairs = sum(known, Windows::pairs);
              long different = sum(known, Windows::disagree);
              if (clock.isInterval()) {
                long confident = sum(known, w -> w.agree() + w.disagree());
                parts.add(
                    clock.title()
                        + ": "
                        + Quantity.percent(different, confident)
                        + " of the "
                        + Quantity.percent(confident, pairs)
                        + " that both are sure of"
                        + (diagnosis.refutes(clock, summary) ? " (its bounds do not hold)" : ""));
              } else {
                parts.add(clock.title() + ": " + Quantity.percent(different, pairs));
              }
            });
    if (!parts.isEmpty()) {
      findings.add(
          "Two workers put the same event into different windows of "
              + Quantity.exact(sizeNs)
              + " this often – "
              + String.join("; ", parts)
              + ".");
    }
  }

  private void coverage() {
    if (summary.coverage().isEmpty()) {
      findings.add(
          "True time is not known here, so this says where clocks contradict each other or"
              + " causality, not which of them is right.");
      return;
    }
    summary
        .coverage()
        .forEach(
            (clock, byNode) -> {
              long n = sum(byNode, Coverage::n);
              long inside = sum(byNode, Coverage::inside);
              findings.add(
                  "True time, known because the clocks are simulated, lies inside the "
                      + clock.bounds()
                      + " in "
                      + Quantity.percent(inside, n)
                      + " of "
                      + Quantity.count(n, "reading")
                      + (diagnosis.refutes(clock, summary)
                          ? ": they do not hold."
                          : ": in this run they held."));
            });
  }

  /** The size of window to speak of, in ns; zero if there is none. */
  static long preferredWindow(Summary summary) {
    return summary.windows().containsKey(PREFERRED_WINDOW_NS)
        ? PREFERRED_WINDOW_NS
        : summary.windows().keySet().stream().findFirst().orElse(0L);
  }

  static <T> long sum(Map<String, T> byNode, Function<T, Long> count) {
    return byNode.values().stream().mapToLong(count::apply).sum();
  }
}

package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Coverage;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Summary;

/** What is wrong with the clocks: bounds that do not hold, and measurements that are none. */
final class ClockWarnings {

  /** An offset that stands longer than this is a kept value, not a measurement. */
  private static final long LONG_HELD_NS = 60_000_000_000L;

  /** So many equal uncertainties in a row are a constant. */
  private static final long MANY = 20;

  /**
   * A measured uncertainty seldom repeats; one value so much commoner than the next is no chance.
   */
  private static final long COMMONER = 5;

  private final Summary summary;
  private final Diagnosis diagnosis;
  private final List<String> warnings = new ArrayList<>();

  private ClockWarnings(Summary summary, Diagnosis diagnosis) {
    this.summary = summary;
    this.diagnosis = diagnosis;
  }

  static List<String> of(Summary summary, Diagnosis diagnosis) {
    ClockWarnings warnings = new ClockWarnings(summary, diagnosis);
    warnings.coverage();
    warnings.violatedBounds();
    warnings.contradictingBounds();
    warnings.brokenBounds();
    warnings.repeatedUncertainties();
    warnings.ntp();
    warnings.status();
    warnings.warnings.addAll(IncidentWarnings.of(summary));
    warnings.warnings.addAll(ModelWarnings.of(summary, diagnosis));
    warnings.oneSided();
    return warnings.warnings;
  }

  private void coverage() {
    summary
        .coverage()
        .forEach(
            (clock, byNode) -> {
              Map<String, Long> outside = new TreeMap<>();
              long n = 0;
              long inside = 0;
              for (Map.Entry<String, Coverage> entry : byNode.entrySet()) {
                Coverage coverage = entry.getValue();
                n += coverage.n();
                inside += coverage.inside();
                if (coverage.inside() < coverage.n()) {
                  outside.put(entry.getKey(), coverage.n() - coverage.inside());
                }
              }
              if (!outside.isEmpty()) {
                warnings.add(
                    "The "
                        + clock.bounds()
                        + " are broken: true time lies inside them in only "
                        + Quantity.percent(inside, n)
                        + " of the readings; outside at "
                        + Nodes.counts(outside)
                        + ".");
              }
            });
  }

  private void violatedBounds() {
    for (Clock clock : List.of(Clock.CHRONOTICK, Clock.BOUNDED, Clock.HINDSIGHT)) {
      Map<String, Long> violations = new TreeMap<>();
      Optional.ofNullable(summary.causality().get(clock))
          .map(PerNode::known)
          .orElse(Map.of())
          .forEach((node, causality) -> violations.put(node, causality.violations()));
      if (violations.values().stream().anyMatch(count -> count > 0)) {
        warnings.add(
            "By "
                + (clock == Clock.HINDSIGHT ? "" : "the ")
                + clock.title()
                + ", events were received before they were sent, beyond all bounds: at least one"
                + " end's bounds do not hold. Violations at "
                + Nodes.counts(violations)
                + ".");
      }
    }
  }

  private void contradictingBounds() {
    Map<String, List<Diagnosis.Contradiction>> byClock =
        diagnosis.contradictions().stream()
            .collect(
                Collectors.groupingBy(
                    Diagnosis.Contradiction::clock, TreeMap::new, Collectors.toList()));
    byClock.forEach(
        (clock, pairs) -> {
          long events = pairs.stream().mapToLong(Diagnosis.Contradiction::events).sum();
          long all = pairs.stream().mapToLong(Diagnosis.Contradiction::pairs).sum();
          long gapNs =
              pairs.stream().mapToLong(Diagnosis.Contradiction::largestGapNs).max().orElseThrow();
          warnings.add(
              "Two workers' "
                  + title(clock)
                  + " bounds contradict each other for "
                  + Quantity.count(events)
                  + " of "
                  + Quantity.count(all)
                  + " arrivals of the same event ("
                  + Nodes.list(pairs.stream().map(p -> p.first() + " and " + p.second()).toList())
                  + "): up to "
                  + Quantity.duration(gapNs)
                  + " apart, more than 1 ms further than the arrivals were.");
        });
  }

  private void brokenBounds() {
    for (Diagnosis.BrokenBounds broken : diagnosis.brokenBounds()) {
      warnings.add(
          Quantity.count(broken.n(), "row")
              + " of "
              + broken.node()
              + " hold "
              + title(broken.clock())
              + " bounds that are no interval (one is missing, or the later comes first); they"
              + " count as not measured.");
    }
  }

  private void repeatedUncertainties() {
    for (Diagnosis.RepeatedUncertainty repeated : diagnosis.repeatedUncertainties()) {
      boolean many = repeated.n() >= MANY && repeated.n() * 20 >= repeated.all();
      if (many && repeated.n() >= COMMONER * repeated.nextN()) {
        warnings.add(
            "The ChronoTick uncertainty of "
                + repeated.node()
                + " is exactly "
                + Quantity.duration(repeated.uncertaintyNs())
                + " in "
                + Quantity.count(repeated.n())
                + " of "
                + Quantity.count(repeated.all(), "reading")
                + (repeated.nextN() == 0 ? "" : " and varies in the others")
                + ": a preset value, not a measurement.");
      }
    }
  }

  private void ntp() {
    List<String> constant = new ArrayList<>();
    Map<String, Diagnosis.NtpQuality> stepped = new TreeMap<>();
    Map<String, Diagnosis.NtpQuality> held = new TreeMap<>();
    diagnosis
        .ntp()
        .forEach(
            (node, quality) -> {
              if (quality.isConstant()) {
                constant.add(node);
              }
              if (quality.contradictions() > 0) {
                stepped.put(node, quality);
              }
              if (quality.heldNs() > LONG_HELD_NS) {
                held.put(node, quality);
              }
            });
    if (!constant.isEmpty()) {
      warnings.add(
          "The NTP uncertainty is a constant "
              + Quantity.duration(
                  diagnosis.ntp().get(constant.getFirst()).leastUncertaintyNs().orElseThrow())
              + " at "
              + Nodes.list(constant)
              + ": a setting, not a measurement.");
    }
    stepped.forEach(
        (node, quality) ->
            warnings.add(
                "The NTP offset of "
                    + node
                    + " jumps by "
                    + Quantity.duration(quality.largestStepNs())
                    + ", more than the uncertainties of both values allow ("
                    + Quantity.count(quality.contradictions(), "such step")
                    + "): at least one of them is wrong."));
    if (!held.isEmpty()) {
      warnings.add(
          "The NTP offset stood still, to the nanosecond, for "
              + Nodes.list(
                  held.entrySet().stream()
                      .map(e -> Quantity.duration(e.getValue().heldNs()) + " at " + e.getKey())
                      .toList())
              + ": a kept value, not a measurement at the event.");
    }
  }

  private void status() {
    Map<String, Map<String, Long>> other = new TreeMap<>();
    diagnosis
        .status()
        .forEach(
            (node, counts) -> {
              long all = counts.values().stream().mapToLong(Long::longValue).sum();
              counts.forEach(
                  (status, n) -> {
                    if (!status.equals("synchronized")) {
                      other
                          .computeIfAbsent(status, _ -> new TreeMap<>())
                          .put(node + ", " + Quantity.percent(n, all) + " of its readings", n);
                    }
                  });
            });
    other.forEach(
        (status, nodes) ->
            warnings.add(
                "The bounded clock was "
                    + (status.equals("holdover")
                        ? "in holdover (its time servers did not answer; bounds hold but widen)"
                        : status)
                    + " at "
                    + Nodes.counts(nodes)
                    + "."));
  }

  private void oneSided() {
    for (Clock clock : List.of(Clock.SYSTEM, Clock.NTP, Clock.CHRONOTICK, Clock.BOUNDED)) {
      PerNode<?> causality = summary.causality().get(clock);
      causality
          .why()
          .filter(why -> !why.startsWith("neither"))
          .ifPresent(
              why ->
                  warnings.add(
                      "Causality cannot be judged by " + clock.title() + ": " + why + "."));
    }
  }

  private static String title(String clockKey) {
    for (Clock clock : Clock.values()) {
      if (clock.key().equals(clockKey)) {
        return clock == Clock.BOUNDED ? "bounded-clock" : clock.title();
      }
    }
    return clockKey;
  }
}

package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.carillon.analysis.statistics.Incidents;
import org.carillon.analysis.statistics.Summary;
import org.carillon.core.record.ClockRow;

/** What happened to the clocks during the run, and what hindsight found that does not fit. */
final class IncidentWarnings {

  private final Summary summary;
  private final List<String> warnings = new ArrayList<>();

  private IncidentWarnings(Summary summary) {
    this.summary = summary;
  }

  static List<String> of(Summary summary) {
    IncidentWarnings warnings = new IncidentWarnings(summary);
    warnings.incidents();
    warnings.hindsight();
    return warnings.warnings;
  }

  private void incidents() {
    add(
        counts(Incidents::broken),
        "Assumptions of the bounded clock broke (answers of one server that contradict each other,"
            + " or servers that disagree), and its bounds may be wrong before each: ");
    addSized(
        ClockRow.Kind.STEP,
        "The node's clock was set while it was measured, which falsifies the system and NTP clocks"
            + " there and leaves the bounded clock as it is: ");
    addSized(ClockRow.Kind.SUSPEND, "Machines slept during the run: ");
    addSized(
        ClockRow.Kind.PAUSE, "Programs did not run for a while, so that events waited for them: ");
  }

  private Map<String, Long> counts(ToLongFunction<Incidents> count) {
    Map<String, Long> counts = new TreeMap<>();
    summary.incidents().forEach((node, i) -> counts.put(node, count.applyAsLong(i)));
    return counts;
  }

  /** One sentence about all incidents of a kind, with the size of the first at each node. */
  private void addSized(ClockRow.Kind kind, String sentence) {
    Map<String, Long> counts = new TreeMap<>();
    summary
        .incidents()
        .forEach(
            (node, incidents) ->
                incidents.first().stream()
                    .filter(one -> one.kind().equals(kind.text()))
                    .findFirst()
                    .ifPresent(
                        one ->
                            counts.put(
                                node
                                    + (one.sizeNs().isPresent()
                                        ? ", first by "
                                            + Quantity.duration(one.sizeNs().getAsLong())
                                        : ""),
                                incidents.count(kind))));
    add(counts, sentence);
  }

  private void hindsight() {
    Map<String, Long> apart = new TreeMap<>();
    Map<String, Long> refuted = new TreeMap<>();
    Map<String, Long> without = new TreeMap<>();
    summary
        .hindsight()
        .nodes()
        .known()
        .forEach(
            (node, h) -> {
              apart.put(node, h.apart());
              refuted.put(node, h.refutedBounds());
              without.put(node, h.moments() - h.intervals() - h.apart());
            });
    add(
        apart,
        "Intervals known online and intervals in hindsight do not meet for some events, so one of"
            + " them is wrong, and there is none in hindsight: ");
    add(
        refuted,
        "What events prove contradicts nodes' own samples, so a node's clock is not what it claims;"
            + " such bounds were left out at ");
    add(
        without,
        "Hindsight can tell nothing of some events, because an assumption broke around them or no"
            + " majority of servers agreed: ");
  }

  private void add(Map<String, Long> counts, String sentence) {
    if (counts.values().stream().anyMatch(count -> count > 0)) {
      warnings.add(sentence + Nodes.counts(counts) + ".");
    }
  }
}

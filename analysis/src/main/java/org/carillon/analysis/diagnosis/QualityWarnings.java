package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Verdict;
import org.carillon.analysis.statistics.quality.ClaimVerdict;
import org.carillon.analysis.statistics.quality.ClaimedClock;
import org.carillon.analysis.statistics.quality.Holdover;
import org.carillon.analysis.statistics.quality.Quality;

/** What is wrong with clocks by the measurements of them, a sentence each. */
final class QualityWarnings {

  /** More than any server pool or busy network explains for long. */
  private static final long NOTABLE_NS = 1_000_000;

  private final Quality quality;
  private final Diagnosis diagnosis;
  private final List<String> warnings = new ArrayList<>();

  private QualityWarnings(Summary summary, Diagnosis diagnosis) {
    this.quality = summary.quality();
    this.diagnosis = diagnosis;
  }

  static List<String> of(Summary summary, Diagnosis diagnosis) {
    QualityWarnings warnings = new QualityWarnings(summary, diagnosis);
    warnings.frozen();
    warnings.refuted();
    warnings.selfContradicting();
    warnings.onTheirOwn();
    return warnings.warnings;
  }

  private void frozen() {
    Map<String, String> parts = new TreeMap<>();
    diagnosis
        .ntp()
        .forEach(
            (node, ntp) -> {
              if (ntp.isFrozen()) {
                parts.put(
                    node,
                    node
                        + " ("
                        + Quantity.count(ntp.differentOffsets(), "value")
                        + " for "
                        + Quantity.count(ntp.n(), "event")
                        + ", one for up to "
                        + Quantity.duration(ntp.heldNs())
                        + ")");
              }
            });
    if (!parts.isEmpty()) {
      warnings.add(
          "NTP offsets are frozen between measurements at "
              + Nodes.list(parts.values())
              + ", and their uncertainty does not grow meanwhile: most events carry an old value.");
    }
  }

  private void refuted() {
    byClock(
            claimed ->
                claimed
                    .heldOut()
                    .filter(verdict -> verdict.answer() == Verdict.Answer.DOES_NOT_HOLD)
                    .map(ClaimVerdict::because))
        .forEach(
            (clock, nodes) ->
                warnings.add(
                    "What "
                        + named(clock)
                        + " claims of a node's clock does not hold at "
                        + Nodes.list(nodes)
                        + "."));
  }

  private void selfContradicting() {
    byClock(
            claimed ->
                claimed
                    .jumps()
                    .filter(jumps -> jumps.n() > 0)
                    .map(
                        jumps ->
                            Quantity.count(jumps.n())
                                + " of "
                                + Quantity.count(jumps.pairs())
                                + " times, by up to "
                                + Quantity.duration(Math.abs(jumps.largestNs()))))
        .forEach(
            (clock, nodes) ->
                warnings.add(
                    "By "
                        + named(clock)
                        + ", intervals exclude each other from one moment to the next at "
                        + Nodes.list(nodes)
                        + ": one of two such does not hold, or the node's clock was"
                        + " set."));
  }

  private static String named(Clock clock) {
    return (clock == Clock.BOUNDED ? "the " : "") + clock.title();
  }

  /** Nodes with what is to be said of a clock there. */
  private Map<Clock, List<String>> byClock(Function<ClaimedClock, Optional<String>> what) {
    Map<Clock, List<String>> all = new EnumMap<>(Clock.class);
    quality
        .claimed()
        .forEach(
            (node, clocks) ->
                clocks.forEach(
                    (clock, claimed) ->
                        what.apply(claimed)
                            .ifPresent(
                                text ->
                                    all.computeIfAbsent(clock, _ -> new ArrayList<>())
                                        .add(node + " (" + text + ")"))));
    return all;
  }

  private void onTheirOwn() {
    List<String> parts = new ArrayList<>();
    quality
        .holdover()
        .forEach(
            (node, judgement) -> {
              if (judgement instanceof Judgement.Known<Holdover>(Holdover h)
                  && h.totalNs() > NOTABLE_NS) {
                parts.add(
                    node
                        + " (at the longest "
                        + Quantity.duration(h.longestNs())
                        + ", where one every "
                        + Quantity.duration(h.usualNs())
                        + " is usual; "
                        + Quantity.percent(h.totalNs(), Math.max(1, h.spanNs()))
                        + " of the time)");
              }
            });
    if (!parts.isEmpty()) {
      warnings.add(
          "No time server answered for a while at "
              + Nodes.list(parts)
              + ": clocks were on their own then, and what they claim rests on their oscillators.");
    }
  }
}

package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.ConfidenceInterval;
import org.carillon.analysis.statistics.CrossOrdering;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Rate;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Verdict;
import org.carillon.analysis.statistics.Windows;
import org.carillon.core.time.DurationText;

/** How sure the numbers are, what bounds say of latency, and what not to know costs. */
final class EventTables {

  private static final String INTERVAL = "95 % interval";

  /** Of more ε than these only the powers of ten are shown; summary.json has all. */
  private static final int FEW_EPSILONS = 10;

  private final Summary summary;
  private final List<Block> blocks = new ArrayList<>();

  private EventTables(Summary summary) {
    this.summary = summary;
  }

  static List<Block> of(Summary summary) {
    EventTables tables = new EventTables(summary);
    tables.latencyIntervals();
    tables.latencyBounds();
    tables.crossOrdering();
    tables.ambiguity();
    tables.smallestWindow();
    tables.serialCommits();
    tables.coordination();
    return List.copyOf(tables.blocks);
  }

  /** What can be told of each question. */
  static List<Block> of(List<Verdict> verdicts) {
    List<Block> blocks = new ArrayList<>();
    add(
        blocks,
        Table.of(
                "verdicts",
                "Verdicts over all workers",
                List.of("question", "clock", "verdict", "n", "what it is from", "assumption"),
                verdicts.stream()
                    .map(
                        v ->
                            List.of(
                                v.question(),
                                v.clock().key(),
                                v.answer().text(),
                                Quantity.count(v.n()),
                                v.sentence(),
                                v.assumption()))
                    .toList())
            .captioned(
                "Points can show that something is wrong, and never that nothing is; bounds that"
                    + " the run itself refutes prove nothing."));
    return blocks;
  }

  private static void add(List<Block> blocks, Table table) {
    if (!table.rows().isEmpty()) {
      blocks.add(table);
    }
  }

  private static String share(Rate rate) {
    return Quantity.percent(rate.count(), rate.n());
  }

  private static String interval(Rate rate) {
    return String.format(Locale.ROOT, "%.2f %% to %.2f %%", 100 * rate.low(), 100 * rate.high());
  }

  private static String interval(Optional<ConfidenceInterval> interval) {
    return interval
        .map(ci -> Cells.milliseconds(ci.lowNs()) + " to " + Cells.milliseconds(ci.highNs()))
        .orElse("–");
  }

  private interface Cell<T> {
    List<String> of(T value);
  }

  private static <T> List<List<String>> rows(Map<Clock, PerNode<T>> byClock, Cell<T> cells) {
    List<List<String>> rows = new ArrayList<>();
    byClock.forEach(
        (clock, perNode) ->
            perNode
                .known()
                .forEach(
                    (node, value) ->
                        rows.add(
                            Cells.joined(
                                List.of(clock.key(), Cells.pair(node)), cells.of(value)))));
    return rows;
  }

  private void latencyIntervals() {
    add(
        blocks,
        Table.of(
                "latency_confidence",
                "95 % confidence intervals of the percentiles of latency, in ms",
                List.of("clock", "worker", "n", "p50", "p90", "p99", "p99.9"),
                rows(
                    summary.latency(),
                    d ->
                        List.of(
                            Quantity.count(d.n()),
                            interval(d.p50CiNs()),
                            interval(d.p90CiNs()),
                            interval(d.p99CiNs()),
                            interval(d.p999CiNs()))))
            .captioned(
                "Between two of the values themselves, by their ranks; a dash where n gives none."
                    + " Events are taken as independent of each other."));
  }

  private void latencyBounds() {
    add(
        blocks,
        Table.of(
                "latency_bounds",
                "Latency by bounds, in ms: at least and at most",
                List.of(
                    "clock",
                    "worker",
                    "n",
                    "at least, p50",
                    "at least, min",
                    "at most, p50",
                    "at most, p99",
                    "below 0",
                    "share",
                    INTERVAL),
                rows(
                    summary.latencyBounds(),
                    b ->
                        List.of(
                            Quantity.count(b.earliest().n()),
                            Quantity.milliseconds(b.earliest().p50Ns()),
                            Quantity.milliseconds(b.earliest().minNs()),
                            Quantity.milliseconds(b.latest().p50Ns()),
                            Quantity.milliseconds(b.latest().p99Ns()),
                            Quantity.count(b.negativeEarliest()),
                            share(b.negativeEarliestRate()),
                            interval(b.negativeEarliestRate()))))
            .captioned(
                "A lower end below zero is no error and stays in: the intervals of send and receive"
                    + " overlap, so that they do not tell which came first."));
  }

  private void crossOrdering() {
    add(
        blocks,
        Table.of(
                "cross_ordering",
                "Ordering of different events",
                List.of(
                    "clock",
                    "workers",
                    "pairs",
                    "ambiguous",
                    "share",
                    INTERVAL,
                    "provable, and against NTP",
                    "and against system"),
                rows(summary.across().byClock(), EventTables::crossOrdering))
            .captioned(
                "An event at one worker and another at the other, at most "
                    + CrossOrdering.NEIGHBOURS
                    + " before or after it and sent within "
                    + Quantity.exact(CrossOrdering.WITHIN_NS)
                    + " of it. Against: the clock's points tell the opposite of what is provable."
                    + (summary.across().everyNth() == 1
                        ? ""
                        : " Of every "
                            + Quantity.count(summary.across().everyNth())
                            + "th event.")));
  }

  private static List<String> crossOrdering(CrossOrdering ordering) {
    CrossOrdering.Counts counts = ordering.total();
    return List.of(
        Quantity.count(counts.pairs()),
        Quantity.count(counts.ambiguous()),
        share(counts.ambiguousRate()),
        interval(counts.ambiguousRate()),
        contradicted(counts, Clock.NTP),
        contradicted(counts, Clock.SYSTEM));
  }

  private static String contradicted(CrossOrdering.Counts counts, Clock clock) {
    Rate rate = counts.contradicted().getOrDefault(clock, new Rate(0, 0));
    return rate.n() == 0 ? "–" : Quantity.count(rate.count());
  }

  private void ambiguity() {
    List<List<String>> rows = new ArrayList<>();
    summary
        .totals()
        .windows()
        .forEach(
            (sizeNs, byClock) ->
                byClock.forEach(
                    (clock, windows) -> {
                      if (windows instanceof Windows.Interval known) {
                        rows.add(ambiguity(sizeNs, clock, known));
                      }
                    }));
    add(
        blocks,
        Table.of(
                "window_ambiguity",
                "Ambiguous windows, measured and as the widths alone would have it",
                List.of("clock", "window", "pairs", "measured", INTERVAL, "by width"),
                rows)
            .captioned(
                "Of all pairs of workers. By width: the share if events fell anywhere in a window"
                    + " with equal probability."));
  }

  private static List<String> ambiguity(long sizeNs, Clock clock, Windows.Interval windows) {
    return List.of(
        clock.key(),
        DurationText.format(sizeNs),
        Quantity.count(windows.pairs()),
        share(windows.ambiguousRate()),
        interval(windows.ambiguousRate()),
        String.format(
            Locale.ROOT, "%.2f %%", 100 * windows.expectedAmbiguousShare(sizeNs).doubleValue()));
  }

  private void smallestWindow() {
    add(
        blocks,
        Table.of(
                "smallest_window",
                "Smallest window with at most 1 % ambiguous events",
                List.of("clock", "workers", "pairs", "window", "ambiguous"),
                rows(
                    summary.smallestWindow(),
                    smallest ->
                        List.of(
                            Quantity.count(smallest.pairs()),
                            smallest.sizeNs().isPresent()
                                ? Quantity.exact(smallest.sizeNs().getAsLong())
                                : "–",
                            share(smallest.ambiguousRate()))))
            .captioned(
                "Counted for the sizes 1, 2, 5, 10, … ns up to 1,000 s; a dash where none of them"
                    + " will do."));
  }

  private void serialCommits() {
    add(
        blocks,
        Table.of(
                "serial_commits",
                "Commits per second where each waits for the one before it",
                List.of("clock", "worker", "n", "mean wait (ms)", "by the mean", "by the median"),
                rows(
                    summary.commitWait(),
                    wait ->
                        List.of(
                            Quantity.count(wait.atEvent().n()),
                            Quantity.milliseconds(wait.atEvent().meanNs()),
                            wait.serialRateByMeanHz().map(Cells::decimal).orElse("–"),
                            wait.serialRateByMedianHz().map(Cells::decimal).orElse("–"))))
            .captioned("Of intervals at the event; long enough as long as the bounds hold."));
  }

  private void coordination() {
    List<List<String>> rows = new ArrayList<>();
    summary
        .totals()
        .commitWait()
        .forEach(
            (clock, wait) ->
                wait.coordination().keySet().stream()
                    .filter(
                        epsilonNs ->
                            wait.coordination().size() <= FEW_EPSILONS
                                || Long.toString(epsilonNs).matches("10*"))
                    .forEach(
                        epsilonNs -> {
                          Rate wider = wait.coordination().get(epsilonNs);
                          rows.add(
                              List.of(
                                  clock.key(),
                                  DurationText.format(epsilonNs),
                                  Quantity.count(wider.n()),
                                  Quantity.count(wider.count()),
                                  share(wider),
                                  interval(wider)));
                        }));
    add(
        blocks,
        Table.of(
                "coordination_cost",
                "Coordination cost: events whose interval is wider than ε",
                List.of("clock", "ε", "n", "wider", "share", INTERVAL),
                rows)
            .captioned(
                "Of all workers. Who tolerates an uncertainty of ε can act on the clock alone for"
                    + " the other events, and must wait or ask other nodes for these."));
  }
}

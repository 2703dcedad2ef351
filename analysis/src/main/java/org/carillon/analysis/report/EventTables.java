package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.ConfidenceInterval;
import org.carillon.analysis.statistics.CrossOrdering;
import org.carillon.analysis.statistics.Rate;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Windows;
import org.carillon.core.time.DurationText;

/** How sure the numbers are, and what bounds say of latency, order and windows. */
final class EventTables {

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
    tables.blocks.addAll(CommitTables.of(summary));
    return List.copyOf(tables.blocks);
  }

  private void add(Table table) {
    if (!table.rows().isEmpty()) {
      blocks.add(table);
    }
  }

  private static String interval(Optional<ConfidenceInterval> interval) {
    return interval
        .map(ci -> Cells.milliseconds(ci.lowNs()) + " to " + Cells.milliseconds(ci.highNs()))
        .orElse("–");
  }

  private void latencyIntervals() {
    add(
        Table.of(
                "latency_confidence",
                "95 % confidence intervals of the percentiles of latency, in ms",
                List.of("clock", "worker", "n", "p50", "p90", "p99", "p99.9"),
                Cells.rows(
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
                    Cells.INTERVAL),
                Cells.rows(
                    summary.latencyBounds(),
                    b ->
                        List.of(
                            Quantity.count(b.earliest().n()),
                            Quantity.milliseconds(b.earliest().p50Ns()),
                            Quantity.milliseconds(b.earliest().minNs()),
                            Quantity.milliseconds(b.latest().p50Ns()),
                            Quantity.milliseconds(b.latest().p99Ns()),
                            Quantity.count(b.negativeEarliest()),
                            Cells.share(b.negativeEarliestRate()),
                            Cells.interval(b.negativeEarliestRate()))))
            .captioned(
                "A lower end below zero is no error and stays in: the intervals of send and receive"
                    + " overlap, so that they do not tell which came first."));
  }

  private void crossOrdering() {
    add(
        Table.of(
                "cross_ordering",
                "Ordering of different events",
                List.of(
                    "clock",
                    "workers",
                    "pairs",
                    "ambiguous",
                    "share",
                    Cells.INTERVAL,
                    "provable, and against NTP",
                    "and against system"),
                Cells.rows(summary.across().byClock(), EventTables::crossOrdering))
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
        Cells.share(counts.ambiguousRate()),
        Cells.interval(counts.ambiguousRate()),
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
        Table.of(
                "window_ambiguity",
                "Ambiguous windows, measured and as the widths alone would have it",
                List.of("clock", "window", "pairs", "measured", Cells.INTERVAL, "by width"),
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
        Cells.share(windows.ambiguousRate()),
        Cells.interval(windows.ambiguousRate()),
        String.format(
            Locale.ROOT, "%.2f %%", 100 * windows.expectedAmbiguousShare(sizeNs).doubleValue()));
  }

  private void smallestWindow() {
    add(
        Table.of(
                "smallest_window",
                "Smallest window with at most 1 % ambiguous events",
                List.of("clock", "workers", "pairs", "window", "ambiguous"),
                Cells.rows(
                    summary.smallestWindow(),
                    smallest ->
                        List.of(
                            Quantity.count(smallest.pairs()),
                            smallest.sizeNs().isPresent()
                                ? Quantity.exact(smallest.sizeNs().getAsLong())
                                : "–",
                            Cells.share(smallest.ambiguousRate()))))
            .captioned(
                "Counted for the sizes 1, 2, 5, 10, … ns up to 1,000 s; a dash where none of them"
                    + " will do."));
  }
}

package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Windows;
import org.carillon.core.time.DurationText;

/** The statistics as tables. */
final class Tables {

  private final Summary summary;
  private final List<Block> blocks = new ArrayList<>();

  private Tables(Summary summary) {
    this.summary = summary;
  }

  static List<Block> of(Summary summary) {
    Tables tables = new Tables(summary);
    tables.events();
    tables.latency();
    tables.causality();
    tables.ordering();
    tables.windows();
    tables.commitWait();
    tables.blocks.addAll(EventTables.of(summary));
    tables.coverage();
    tables.blocks.addAll(ClockTables.of(summary));
    tables.blocks.addAll(QualityTables.of(summary));
    tables.mixed();
    return List.copyOf(tables.blocks);
  }

  private void events() {
    List<List<String>> rows = new ArrayList<>();
    summary
        .workers()
        .forEach(
            (node, a) ->
                rows.add(
                    List.of(
                        node,
                        Quantity.count(summary.sent()),
                        Quantity.count(a.received()),
                        Quantity.count(a.lost()),
                        Quantity.count(a.duplicates()),
                        Quantity.count(a.outOfOrder()),
                        Quantity.count(a.foreign()))));
    blocks.add(
        Table.of(
                "events",
                "Events",
                List.of(
                    "worker", "sent", "received", "lost", "duplicates", "out of order", "foreign"),
                rows)
            .captioned("Counted from the files; sent = received + lost."));
  }

  private void latency() {
    perClock(
        Table.of(
                "latency",
                "Latency in ms, receive less send on the same clock",
                List.of("clock", "worker", "n", "p50", "p90", "p99", "p99.9", "max"),
                List.of())
            .captioned(
                "Best estimates; n: receptions with a time of the clock at both ends; percentiles"
                    + " by nearest rank."),
        summary.latency(),
        Cells::distribution);
  }

  private void causality() {
    perClock(
        Table.of(
                "causality",
                "Causality",
                List.of("clock", "worker", "pairs", "violations", "share", "proven", "ambiguous"),
                List.of())
            .captioned(
                "Pairs: n, receptions with a time of the clock at both ends. Proven holds as long"
                    + " as the clock's bounds do; a clock without bounds proves nothing."),
        summary.causality(),
        Tables::causality);
  }

  private static List<String> causality(Causality causality) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                Quantity.count(causality.pairs()),
                Quantity.count(causality.violations()),
                Quantity.percent(causality.violations(), causality.pairs())));
    switch (causality) {
      case Causality.Point _ -> cells.addAll(List.of("", ""));
      case Causality.Interval interval -> {
        cells.add(Quantity.count(interval.proven()));
        cells.add(Quantity.count(interval.ambiguous()));
      }
    }
    return cells;
  }

  private void ordering() {
    perClock(
        Table.of(
                "ordering",
                "Ordering of arrivals of the same event",
                List.of("clock", "workers", "pairs", "first before", "second before", "ambiguous"),
                List.of())
            .captioned(
                "Pairs: n, events with an interval at both workers. An order holds as long as the"
                    + " clock's bounds do."),
        summary.ordering(),
        o ->
            List.of(
                Quantity.count(o.pairs()),
                Quantity.count(o.firstBefore()),
                Quantity.count(o.secondBefore()),
                Quantity.count(o.ambiguous())));
  }

  private void windows() {
    summary
        .windows()
        .forEach(
            (sizeNs, byClock) ->
                perClock(
                    Table.of(
                            "windows_" + DurationText.format(sizeNs).replace('.', '_'),
                            "Windows of " + Quantity.exact(sizeNs),
                            List.of(
                                "clock",
                                "workers",
                                "pairs",
                                "agree",
                                "disagree",
                                "confident",
                                "ambiguous"),
                            List.of())
                        .captioned(
                            "Pairs: n, events with a time of the clock at both workers. With"
                                + " bounds, only confident pairs agree or disagree."),
                    byClock,
                    Tables::windows));
  }

  private static List<String> windows(Windows windows) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                Quantity.count(windows.pairs()),
                Quantity.count(windows.agree()),
                Quantity.count(windows.disagree())));
    switch (windows) {
      case Windows.Point _ -> cells.addAll(List.of("", ""));
      case Windows.Interval interval -> {
        cells.add(Quantity.count(interval.confident()));
        cells.add(Quantity.count(interval.ambiguous()));
      }
    }
    return cells;
  }

  private void commitWait() {
    List<List<String>> rows = new ArrayList<>();
    summary
        .commitWait()
        .forEach(
            (clock, perNode) ->
                perNode
                    .known()
                    .forEach(
                        (node, wait) -> {
                          rows.add(
                              Cells.joined(
                                  List.of(clock.key(), node, "at the event"),
                                  Cells.distribution(wait.atEvent())));
                          wait.after()
                              .forEach(
                                  (delayNs, d) ->
                                      rows.add(
                                          Cells.joined(
                                              List.of(
                                                  clock.key(),
                                                  node,
                                                  "after " + Quantity.exact(delayNs)),
                                              Cells.distribution(d))));
                        }));
    if (!rows.isEmpty()) {
      blocks.add(
          Table.of(
                  "commit_wait",
                  "Commit wait: width of the interval in ms",
                  List.of("clock", "worker", "when", "n", "p50", "p90", "p99", "p99.9", "max"),
                  rows)
              .captioned(
                  "Long enough as long as the clock's bounds hold; percentiles by nearest rank of n"
                      + " intervals."));
    }
  }

  private void coverage() {
    List<List<String>> rows = new ArrayList<>();
    summary
        .coverage()
        .forEach(
            (clock, byNode) ->
                byNode.forEach(
                    (node, c) ->
                        rows.add(
                            List.of(
                                clock.key(),
                                node,
                                Quantity.count(c.n()),
                                Quantity.count(c.inside()),
                                Quantity.percent(c.inside(), c.n())))));
    if (!rows.isEmpty()) {
      blocks.add(
          Table.of(
                  "coverage",
                  "Coverage: true time inside the bounds",
                  List.of("clock", "node", "n", "inside", "share"),
                  rows)
              .captioned("True time is that of the simulation; n: intervals of the clock."));
    }
  }

  private void mixed() {
    summary
        .mixedSources()
        .ifPresent(
            mixed -> {
              List<List<String>> rows = new ArrayList<>();
              mixed(rows, mixed.points(), "best estimate");
              mixed(rows, mixed.intervals(), "bounds");
              blocks.add(
                  Table.of(
                          "mixed_sources",
                          "No valid comparison: a worker's clock against the coordinator's system"
                              + " clock",
                          List.of(
                              "worker's clock",
                              "as",
                              "worker",
                              "pairs",
                              "violations",
                              "share",
                              "proven",
                              "ambiguous"),
                          rows)
                      .captioned(
                          "Times of two different clocks; shown because published numbers are of"
                              + " this kind."));
            });
  }

  private static void mixed(
      List<List<String>> rows, Map<Clock, Map<String, Causality>> byClock, String as) {
    byClock.forEach(
        (clock, byNode) ->
            byNode.forEach(
                (node, causality) ->
                    rows.add(Cells.joined(List.of(clock.key(), as, node), causality(causality)))));
  }

  private <T> void perClock(
      Table empty, Map<Clock, PerNode<T>> byClock, Function<T, List<String>> cells) {
    blocks.addAll(ByClock.blocks(empty, byClock, cells));
  }
}

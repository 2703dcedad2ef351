package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Windows;

/** The statistics as tables. A table of very many rows is cut, and says so. */
final class Tables {

  private static final int MAX_ROWS = 200;

  private final Html html;
  private final Summary summary;

  Tables(Html html, Summary summary) {
    this.html = html;
    this.summary = summary;
  }

  void write() {
    events();
    latency();
    causality();
    ordering();
    windows();
    commitWait();
    coverage();
    new ClockTables(html, summary).write();
    mixed();
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
    table(
        "Events",
        List.of("worker", "sent", "received", "lost", "duplicates", "out of order", "foreign"),
        rows);
  }

  private void latency() {
    perClock(
        "Latency in ms, receive less send on the same clock",
        List.of("clock", "worker", "n", "p50", "p90", "p99", "p99.9", "max"),
        summary.latency(),
        Tables::distribution);
  }

  private void causality() {
    perClock(
        "Causality",
        List.of("clock", "worker", "pairs", "violations", "share", "proven", "ambiguous"),
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
        "Ordering of arrivals of the same event",
        List.of("clock", "workers", "pairs", "first before", "second before", "ambiguous"),
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
                    "Windows of " + Quantity.exact(sizeNs),
                    List.of(
                        "clock", "workers", "pairs", "agree", "disagree", "confident", "ambiguous"),
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
                              joined(
                                  List.of(clock.key(), node, "at the event"),
                                  distribution(wait.atEvent())));
                          wait.after()
                              .forEach(
                                  (delayNs, d) ->
                                      rows.add(
                                          joined(
                                              List.of(
                                                  clock.key(),
                                                  node,
                                                  "after " + Quantity.exact(delayNs)),
                                              distribution(d))));
                        }));
    if (!rows.isEmpty()) {
      table(
          "Commit wait: width of the interval in ms",
          List.of("clock", "worker", "when", "n", "p50", "p90", "p99", "p99.9", "max"),
          rows);
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
      table(
          "Coverage: true time inside the bounds",
          List.of("clock", "node", "n", "inside", "share"),
          rows);
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
              table(
                  "No valid comparison: a worker's clock against the coordinator's system clock",
                  List.of(
                      "worker's clock",
                      "as",
                      "worker",
                      "pairs",
                      "violations",
                      "share",
                      "proven",
                      "ambiguous"),
                  rows);
            });
  }

  private static void mixed(
      List<List<String>> rows, Map<Clock, Map<String, Causality>> byClock, String as) {
    byClock.forEach(
        (clock, byNode) ->
            byNode.forEach(
                (node, causality) ->
                    rows.add(joined(List.of(clock.key(), as, node), causality(causality)))));
  }

  private <T> void perClock(
      String caption,
      List<String> header,
      Map<Clock, PerNode<T>> byClock,
      Function<T, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    byClock.forEach(
        (clock, perNode) -> {
          perNode.why().ifPresent(why -> notes.add(clock.key() + ": not comparable; " + why + "."));
          perNode
              .entries()
              .forEach(
                  (node, judgement) -> {
                    switch (judgement) {
                      case Judgement.Known<T>(T value) ->
                          rows.add(joined(List.of(clock.key(), spaced(node)), cells.apply(value)));
                      case Judgement.NotComparable<T>(String why) ->
                          notes.add(
                              clock.key() + ", " + spaced(node) + ": not comparable; " + why + ".");
                    }
                  });
        });
    if (!rows.isEmpty()) {
      table(caption, header, rows);
    } else {
      html.element("p class=\"none\"", caption + ": none.");
    }
    notes.stream().limit(MAX_ROWS).forEach(note -> html.element("p class=\"note\"", note));
  }

  private void table(String caption, List<String> header, List<List<String>> rows) {
    table(html, caption, header, rows);
  }

  /** Adds a table, of whose rows only the first if there are very many. */
  static void table(Html html, String caption, List<String> header, List<List<String>> rows) {
    html.table(
        rows.size() <= MAX_ROWS
            ? caption
            : caption
                + " (the first "
                + MAX_ROWS
                + " of "
                + Quantity.count(rows.size())
                + " rows; statistics/summary.json has all)",
        header,
        rows.stream().limit(MAX_ROWS).toList());
  }

  private static List<String> distribution(Distribution d) {
    return List.of(
        Quantity.count(d.n()),
        Quantity.milliseconds(d.p50Ns()),
        Quantity.milliseconds(d.p90Ns()),
        Quantity.milliseconds(d.p99Ns()),
        Quantity.milliseconds(d.p999Ns()),
        Quantity.milliseconds(d.maxNs()));
  }

  private static String spaced(String pair) {
    return pair.replace(",", ", ");
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}

package org.carillon.analysis.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Ordering;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Windows;

/** The verdicts of the statistics as stacked bars. */
final class VerdictBars {

  /** Of more nodes or pairs than this, all together and the worst few are shown. */
  private static final int MAX_ROWS = 6;

  private static final int WORST = 4;

  private VerdictBars() {}

  /** Whether events were received after they were sent, by clock and worker. */
  static StackedBars causality(Summary summary, String title, int width) {
    List<StackedBars.Row> rows = new ArrayList<>();
    WorkerNames names = WorkerNames.of(summary.workers().keySet());
    summary
        .causality()
        .forEach(
            (clock, perNode) -> {
              if (recorded(perNode)) {
                addRows(
                    rows,
                    names,
                    clock,
                    perNode,
                    "workers",
                    VerdictBars::counts,
                    Causality::violations,
                    counts ->
                        counts.get(2) == 0
                            ? "no violation"
                            : Quantity.count(counts.get(2)) + " of " + Quantity.count(sum(counts)));
              }
            });
    return new StackedBars(
        title,
        List.of("clock", "worker"),
        List.of(
            new StackedBars.Kind("received_after_sent", "received after it was sent", Style.GOOD),
            new StackedBars.Kind("ambiguous", "ambiguous: intervals overlap", Style.OPEN),
            new StackedBars.Kind(
                "violations", "violation: received before it was sent", Style.BAD)),
        rows,
        "share of events (%)",
        width);
  }

  private static List<Long> counts(Causality causality) {
    return switch (causality) {
      case Causality.Point point ->
          List.of(point.pairs() - point.violations(), 0L, point.violations());
      case Causality.Interval interval ->
          List.of(interval.proven(), interval.ambiguous(), interval.violations());
    };
  }

  /** Which of two workers had an event first, by interval clock and pair. */
  static StackedBars ordering(Summary summary, String title, int width) {
    List<StackedBars.Row> rows = new ArrayList<>();
    WorkerNames names = WorkerNames.of(summary.workers().keySet());
    summary
        .ordering()
        .forEach(
            (clock, perNode) -> {
              if (recorded(perNode)) {
                addRows(
                    rows,
                    names,
                    clock,
                    perNode,
                    "pairs",
                    o -> List.of(o.firstBefore(), o.secondBefore(), o.ambiguous()),
                    Ordering::ambiguous,
                    counts ->
                        Quantity.percent(sum(counts) - counts.get(2), sum(counts)) + " provable");
              }
            });
    if (rows.isEmpty()) {
      rows.add(
          new StackedBars.Row.Sentence(
              "",
              "No interval clock was recorded at two workers: nothing can be proven about the"
                  + " order of arrivals."));
    }
    return new StackedBars(
        title,
        List.of("clock", "pair"),
        List.of(
            new StackedBars.Kind("first_before", "first-named provably before", Style.GOOD_DARK),
            new StackedBars.Kind("second_before", "second-named provably before", Style.GOOD),
            new StackedBars.Kind("ambiguous", "ambiguous: intervals overlap", Style.OPEN)),
        rows,
        "share of events that both received (%)",
        width);
  }

  /** Whether two workers put an event into the same window, by size and clock, over all pairs. */
  static StackedBars windows(Summary summary, String title, int width) {
    List<StackedBars.Row> rows = new ArrayList<>();
    summary
        .windows()
        .forEach(
            (sizeNs, byClock) -> {
              List<StackedBars.Row> bars = new ArrayList<>();
              byClock.forEach(
                  (clock, perNode) -> {
                    List<Long> counts = total(perNode, VerdictBars::counts);
                    if (sum(counts) > 0) {
                      bars.add(
                          new StackedBars.Row.Bar(
                              List.of(Long.toString(sizeNs), clock.key()),
                              clock.title(),
                              counts,
                              counts.get(2) == 0
                                  ? "none differ"
                                  : Quantity.count(counts.get(2)) + " differ"));
                    }
                  });
              if (!bars.isEmpty()) {
                rows.add(new StackedBars.Row.Heading("Windows of " + Quantity.exact(sizeNs)));
                rows.addAll(bars);
              }
            });
    if (rows.isEmpty()) {
      rows.add(
          new StackedBars.Row.Sentence(
              "", "There is only one worker, so no two can agree on a window."));
    }
    return new StackedBars(
        title,
        List.of("window_ns", "clock"),
        List.of(
            new StackedBars.Kind("same_window", "same window", Style.GOOD),
            new StackedBars.Kind(
                "ambiguous", "ambiguous: an interval reaches over an edge", Style.OPEN),
            new StackedBars.Kind("different_windows", "different windows", Style.BAD)),
        rows,
        "share of events that two workers received (%)",
        width);
  }

  private static List<Long> counts(Windows windows) {
    return switch (windows) {
      case Windows.Point point -> List.of(point.agree(), 0L, point.disagree());
      case Windows.Interval interval ->
          List.of(interval.agree(), interval.ambiguous(), interval.disagree());
    };
  }

  private static <T> void addRows(
      List<StackedBars.Row> rows,
      WorkerNames names,
      Clock clock,
      PerNode<T> perNode,
      String plural,
      Function<T, List<Long>> counts,
      ToLongFunction<T> badness,
      Function<List<Long>, String> remark) {
    int size = perNode.known().size();
    String selection =
        size > MAX_ROWS ? ": all and the worst " + WORST + " of " + size + " " + plural : "";
    rows.add(new StackedBars.Row.Heading(capital(clock.title()) + selection));
    if (perNode.why().isPresent()) {
      rows.add(new StackedBars.Row.Sentence("", "not comparable: " + perNode.why().get()));
      return;
    }
    Map<String, T> known = perNode.known();
    List<Map.Entry<String, T>> shown = List.copyOf(known.entrySet());
    if (known.size() > MAX_ROWS) {
      List<Long> all = total(perNode, counts);
      rows.add(
          new StackedBars.Row.Bar(
              List.of(clock.key(), Traces.ALL),
              "all " + known.size() + " " + plural,
              all,
              remark.apply(all)));
      shown =
          known.entrySet().stream()
              .sorted(
                  Comparator.comparingLong(
                          (Map.Entry<String, T> entry) -> -badness.applyAsLong(entry.getValue()))
                      .thenComparing(Map.Entry::getKey))
              .limit(WORST)
              .toList();
    }
    for (Map.Entry<String, T> entry : shown) {
      List<Long> bar = counts.apply(entry.getValue());
      rows.add(
          new StackedBars.Row.Bar(
              List.of(clock.key(), entry.getKey()),
              names.shown(entry.getKey()),
              bar,
              sum(bar) == 0 ? "no event" : remark.apply(bar)));
    }
  }

  private static <T> List<Long> total(PerNode<T> perNode, Function<T, List<Long>> counts) {
    long[] total = new long[3];
    perNode
        .known()
        .values()
        .forEach(
            value -> {
              for (int i = 0; i < total.length; i++) {
                total[i] += counts.apply(value).get(i);
              }
            });
    return List.of(total[0], total[1], total[2]);
  }

  /** Whether any end recorded the clock. */
  private static boolean recorded(PerNode<?> perNode) {
    return perNode
        .why()
        .map(why -> !why.startsWith("neither") && !why.startsWith("no worker"))
        .orElse(true);
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static String capital(String title) {
    return Character.toUpperCase(title.charAt(0)) + title.substring(1);
  }
}

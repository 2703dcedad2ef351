package org.carillon.analysis.statistics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Asks the store which of two arrivals came first. */
final class OrderingStatistics {

  /** So many events, over all pairs of workers, are compared with their neighbours at most. */
  private static final long MOST_BEGINNINGS = 200_000;

  private OrderingStatistics() {}

  /** Of the same event at two workers. */
  static Map<Clock, PerNode<Ordering>> of(Database database, Comparisons comparisons) {
    Map<Clock, List<Row>> rows = Comparisons.byClock(database.ask("ordering"));
    Map<Clock, PerNode<Ordering>> all = new EnumMap<>(Clock.class);
    for (Clock clock : comparisons.clocks(true)) {
      all.put(
          clock,
          comparisons.betweenWorkers(
              clock,
              true,
              rows.getOrDefault(clock, List.of()),
              row ->
                  new Ordering(
                      row.number("pairs"),
                      row.number("first_before"),
                      row.number("second_before"),
                      row.number("ambiguous"))));
    }
    return all;
  }

  /**
   * Of how many events one is compared with its neighbours, so that few enough are in a long run.
   */
  static long everyNth(long sent, Comparisons comparisons) {
    long beginnings = Math.multiplyExact(sent, comparisons.pairs());
    return Math.max(1, Math.ceilDiv(beginnings, MOST_BEGINNINGS));
  }

  /** Of different events, one at each of two workers. */
  static Map<Clock, PerNode<CrossOrdering>> across(
      Database database, long everyNth, Comparisons comparisons) {
    Map<Clock, Map<String, CrossOrdering>> known = new EnumMap<>(Clock.class);
    if (comparisons.pairs() > 0) {
      for (Row row : database.ask("cross_ordering", everyNth)) {
        known
            .computeIfAbsent(Clock.ofKey(row.text("clock")), _ -> new HashMap<>())
            .merge(Comparisons.pair(row), crossOrdering(row), CrossOrdering::plus);
      }
    }
    Map<Clock, PerNode<CrossOrdering>> all = new EnumMap<>(Clock.class);
    for (Clock clock : comparisons.clocks(true)) {
      all.put(clock, comparisons.betweenWorkers(clock, true, known.getOrDefault(clock, Map.of())));
    }
    return all;
  }

  private static CrossOrdering crossOrdering(Row row) {
    long firstBefore = row.number("first_before");
    long secondBefore = row.number("second_before");
    Map<Clock, Rate> contradicted = new EnumMap<>(Clock.class);
    contradicted.put(
        Clock.SYSTEM, new Rate(row.number("system_contradicts"), firstBefore + secondBefore));
    contradicted.put(Clock.NTP, new Rate(row.number("ntp_contradicts"), row.number("ntp_judged")));
    CrossOrdering.Counts counts =
        new CrossOrdering.Counts(
            row.number("pairs"), firstBefore, secondBefore, row.number("ambiguous"), contradicted);
    return new CrossOrdering(new TreeMap<>(Map.of(row.number("within_ns"), counts)));
  }
}

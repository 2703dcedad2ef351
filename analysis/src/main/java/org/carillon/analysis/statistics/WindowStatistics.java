package org.carillon.analysis.statistics;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Asks the store which windows events fall into. */
final class WindowStatistics {

  private WindowStatistics() {}

  /** By window size in ns, clock and pair of workers. */
  static Map<Long, Map<Clock, PerNode<Windows>>> of(
      Database database, List<Long> sizesNs, Comparisons comparisons) {
    database.setWindowSizes(sizesNs);
    Map<Long, List<Row>> points = bySize(database.ask("windows_point"));
    Map<Long, List<Row>> intervals = bySize(database.ask("windows_interval"));
    Map<Long, Map<Clock, PerNode<Windows>>> all = new LinkedHashMap<>();
    for (long sizeNs : sizesNs) {
      Map<Clock, List<Row>> pointsOf = Comparisons.byClock(points.getOrDefault(sizeNs, List.of()));
      Map<Clock, List<Row>> intervalsOf =
          Comparisons.byClock(intervals.getOrDefault(sizeNs, List.of()));
      Map<Clock, PerNode<Windows>> byClock = new EnumMap<>(Clock.class);
      for (Clock clock : comparisons.clocks()) {
        byClock.put(
            clock,
            clock.isInterval()
                ? comparisons.betweenWorkers(
                    clock,
                    true,
                    intervalsOf.getOrDefault(clock, List.of()),
                    WindowStatistics::interval)
                : comparisons.betweenWorkers(
                    clock,
                    false,
                    pointsOf.getOrDefault(clock, List.of()),
                    WindowStatistics::point));
      }
      all.put(sizeNs, byClock);
    }
    return all;
  }

  private static Map<Long, List<Row>> bySize(List<Row> rows) {
    return rows.stream().collect(Collectors.groupingBy(row -> row.number("size_ns")));
  }

  private static Windows point(Row row) {
    return new Windows.Point(row.number("pairs"), row.number("agree"));
  }

  private static Windows interval(Row row) {
    return new Windows.Interval(
        row.number("pairs"),
        row.number("confident"),
        row.number("agree"),
        row.number("ambiguous"),
        row.sum("reach_ns"),
        row.sum("capped_reach_ns"));
  }
}

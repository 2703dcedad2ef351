package org.carillon.analysis.statistics;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Asks the store whether events were received after they were sent. */
final class CausalityStatistics {

  private CausalityStatistics() {}

  static Map<Clock, PerNode<Causality>> of(Database database, Comparisons comparisons) {
    Map<Clock, PerNode<Causality>> all = new EnumMap<>(Clock.class);
    all.putAll(
        comparisons.endToEnd(
            comparisons.clocks(false),
            false,
            database.ask("causality_point"),
            CausalityStatistics::point));
    all.putAll(
        comparisons.endToEnd(
            comparisons.clocks(true),
            true,
            database.ask("causality_interval"),
            CausalityStatistics::interval));
    return all;
  }

  /** The comparisons of different clocks, which are none. */
  static Summary.MixedSources mixed(Database database) {
    return new Summary.MixedSources(
        byClockAndNode(database.ask("mixed_point"), CausalityStatistics::point),
        byClockAndNode(database.ask("mixed_interval"), CausalityStatistics::interval));
  }

  private static Map<Clock, Map<String, Causality>> byClockAndNode(
      List<Row> rows, Function<Row, Causality> result) {
    Map<Clock, Map<String, Causality>> all = new EnumMap<>(Clock.class);
    for (Row row : rows) {
      all.computeIfAbsent(Clock.ofKey(row.text("clock")), _ -> new LinkedHashMap<>())
          .put(row.text("node"), result.apply(row));
    }
    return all;
  }

  private static Causality point(Row row) {
    return new Causality.Point(row.number("pairs"), row.number("violations"));
  }

  private static Causality interval(Row row) {
    return new Causality.Interval(
        row.number("pairs"),
        row.number("proven"),
        row.number("ambiguous"),
        row.number("violations"));
  }
}

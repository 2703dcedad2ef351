package org.carillon.analysis.statistics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.analysis.store.Row;

/**
 * Puts answers of the store where they belong, and says of each comparison that has none why.
 *
 * @param nodes all workers, sorted
 * @param hindsight whether there is any
 */
record Comparisons(Availability availability, List<String> nodes, boolean hindsight) {

  /** The clocks that give points, or intervals; hindsight only where there is any. */
  List<Clock> clocks(boolean intervals) {
    return Stream.of(Clock.values())
        .filter(clock -> clock.isInterval() == intervals)
        .filter(clock -> clock != Clock.HINDSIGHT || hindsight)
        .toList();
  }

  /** All clocks, those that give points first. */
  List<Clock> clocks() {
    return Stream.concat(clocks(false).stream(), clocks(true).stream()).toList();
  }

  /** How many pairs of workers there are. */
  long pairs() {
    return nodes.size() * (nodes.size() - 1L) / 2;
  }

  /** Results that compare the coordinator with a worker. */
  <T> Map<Clock, PerNode<T>> endToEnd(
      List<Clock> clocks, boolean bounds, List<Row> rows, Function<Row, ? extends T> result) {
    Map<Clock, List<Row>> byClock = byClock(rows);
    Map<Clock, PerNode<T>> all = new EnumMap<>(Clock.class);
    for (Clock clock : clocks) {
      Map<String, T> known = new HashMap<>();
      byClock
          .getOrDefault(clock, List.of())
          .forEach(row -> known.put(row.text("node"), result.apply(row)));
      all.put(clock, endToEnd(clock, bounds, known));
    }
    return all;
  }

  /** The same of one clock, of which the results are known by worker. */
  <T> PerNode<T> endToEnd(Clock clock, boolean bounds, Map<String, T> known) {
    return availability
        .whyNotEndToEnd(clock, bounds)
        .map(PerNode::<T>notComparable)
        .orElseGet(() -> perNode(known, node -> availability.whyNotAtWorker(node, clock, bounds)));
  }

  /** Results that need a clock's interval at a worker only. */
  <T> PerNode<T> atWorkers(Clock clock, Map<String, T> known) {
    return availability
        .whyNotAtAnyWorker(clock)
        .map(PerNode::<T>notComparable)
        .orElseGet(() -> perNode(known, node -> availability.whyNotAtWorker(node, clock, true)));
  }

  private <T> PerNode<T> perNode(Map<String, T> known, Function<String, String> whyNot) {
    Map<String, Judgement<T>> entries = new LinkedHashMap<>();
    for (String node : nodes) {
      T result = known.get(node);
      entries.put(
          node,
          result == null
              ? new Judgement.NotComparable<>(whyNot.apply(node))
              : new Judgement.Known<>(result));
    }
    return PerNode.of(entries);
  }

  /** Results that compare two workers, for each pair of them. */
  <T> PerNode<T> betweenWorkers(
      Clock clock, boolean bounds, List<Row> rows, Function<Row, ? extends T> result) {
    Map<String, T> known = new HashMap<>();
    rows.forEach(row -> known.put(pair(row), result.apply(row)));
    return betweenWorkers(clock, bounds, known);
  }

  /** The same, of which the results are known by pair. */
  <T> PerNode<T> betweenWorkers(Clock clock, boolean bounds, Map<String, T> known) {
    Optional<String> why = availability.whyNotBetweenWorkers(clock, bounds);
    if (why.isPresent()) {
      return PerNode.notComparable(why.get());
    }
    Map<String, Judgement<T>> entries = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        String first = nodes.get(i);
        String second = nodes.get(j);
        T result = known.get(pair(first, second));
        entries.put(
            pair(first, second),
            result == null
                ? new Judgement.NotComparable<>(
                    availability.whyNotPair(first, second, clock, bounds))
                : new Judgement.Known<>(result));
      }
    }
    return PerNode.of(entries);
  }

  /** The pair of workers that an answer is about. */
  static String pair(Row row) {
    return pair(row.text("first_node"), row.text("second_node"));
  }

  private static String pair(String first, String second) {
    return first + "," + second;
  }

  static Map<Clock, List<Row>> byClock(List<Row> rows) {
    return rows.stream().collect(Collectors.groupingBy(row -> Clock.ofKey(row.text("clock"))));
  }
}

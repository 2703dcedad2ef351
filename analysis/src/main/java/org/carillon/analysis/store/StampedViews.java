package org.carillon.analysis.store;

import static org.carillon.analysis.store.SqlText.all;
import static org.carillon.analysis.store.SqlText.text;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carillon.analysis.store.MergedSides.ClockColumns;
import org.carillon.analysis.store.MergedSides.Reading;

/**
 * The view {@code stamped}: what one clock said of the arrivals of an event at all workers, in one
 * row, so that all pairs of workers are judged in one reading. Its columns:
 *
 * <ul>
 *   <li>{@code event_id}, {@code clock}
 *   <li>{@code points}: the best estimate at each worker, in the order of their names, null where
 *       there is none; the least and the most of them; whether every worker has one
 *   <li>{@code intervals}: the same of the intervals, with {@code earliest_ns} and {@code
 *       latest_ns} of each
 * </ul>
 */
final class StampedViews {

  private StampedViews() {}

  /** From merged.parquet. */
  static String merged(MergedSides sides) {
    List<Integer> byName =
        sides
            .workers()
            .boxed()
            .sorted(
                (one, other) -> ToldViews.compare(sides.nodes().get(one), sides.nodes().get(other)))
            .toList();
    return all(
        MergedSides.CLOCKS.stream()
            .filter(clock -> byName.stream().anyMatch(worker -> sides.has(worker, clock)))
            .map(clock -> merged(sides, byName, clock)));
  }

  private static String merged(MergedSides sides, List<Integer> byName, ClockColumns clock) {
    List<Reading> readings = byName.stream().map(side -> sides.reading(side, clock)).toList();
    return "SELECT event_id, "
        + text(clock.clock())
        + " AS clock, "
        + columns(
            readings.stream().map(Reading::best).toList(),
            readings.stream().map(Reading::earliest).toList(),
            readings.stream().map(Reading::latest).toList())
        + " FROM merged_file";
  }

  /**
   * From rows of single arrivals, each worker's at most once for an event and clock.
   *
   * @param from what stands behind FROM: columns event_id, clock, node, best_ns, earliest_ns and
   *     latest_ns
   * @param nodes the workers, in the order of their names
   */
  static String grouped(String from, List<String> nodes) {
    String values =
        IntStream.range(0, nodes.size())
            .mapToObj(
                i ->
                    Stream.of("best", "earliest", "latest")
                        .map(
                            name ->
                                "max("
                                    + name
                                    + "_ns) FILTER (WHERE node = "
                                    + text(nodes.get(i))
                                    + ") AS "
                                    + name
                                    + i)
                        .collect(Collectors.joining(", ")))
            .collect(Collectors.joining(", "));
    Function<String, List<String>> of =
        name -> IntStream.range(0, nodes.size()).mapToObj(i -> name + i).toList();
    return "SELECT event_id, clock, "
        + columns(of.apply("best"), of.apply("earliest"), of.apply("latest"))
        + " FROM (SELECT event_id, clock, "
        + values
        + " FROM "
        + from
        + " GROUP BY event_id, clock)";
  }

  private static String columns(List<String> best, List<String> earliest, List<String> latest) {
    List<String> intervals =
        IntStream.range(0, earliest.size())
            .mapToObj(
                i ->
                    "CASE WHEN ("
                        + earliest.get(i)
                        + ") IS NOT NULL THEN {'earliest_ns': "
                        + earliest.get(i)
                        + ", 'latest_ns': "
                        + latest.get(i)
                        + "} END")
            .toList();
    return list(best)
        + " AS points, least"
        + of(best)
        + " AS least_ns, greatest"
        + of(best)
        + " AS most_ns, "
        + areThere(best)
        + " AS points_everywhere, "
        + list(intervals)
        + " AS intervals, least"
        + of(earliest)
        + " AS earliest_ns, greatest"
        + of(latest)
        + " AS latest_ns, "
        + areThere(earliest)
        + " AS intervals_everywhere";
  }

  private static String list(List<String> values) {
    return "[" + String.join(", ", values) + "]";
  }

  private static String of(List<String> values) {
    return "(" + String.join(", ", values) + ")";
  }

  private static String areThere(List<String> values) {
    return values.stream()
        .map(value -> "(" + value + ") IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }
}

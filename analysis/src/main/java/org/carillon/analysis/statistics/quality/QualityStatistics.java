package org.carillon.analysis.statistics.quality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.CommitWait;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Asks the store how good clocks, network and sender were. */
public final class QualityStatistics {

  private final Database database;
  private final Summary summary;
  private final Map<String, List<Row>> sets;

  private QualityStatistics(Database database, Summary summary) {
    this.database = database;
    this.summary = summary;
    this.sets =
        database.ask("clock_sets").stream()
            .collect(Collectors.groupingBy(row -> Summary.nodeName(row.optionalText("node"))));
  }

  /**
   * Computes it.
   *
   * @param database whose rows have been judged
   * @param summary what was computed of it before
   */
  public static Quality of(Database database, Summary summary) {
    return new QualityStatistics(database, summary).quality();
  }

  private Quality quality() {
    Map<String, Map<Clock, List<Reading>>> readings = readings();
    MeasuredClocks measured = new MeasuredClocks(database, sets);
    return new Quality(
        measured.measured(readings),
        claimed(readings),
        measured.holdover(),
        new NetworkQualities(database, summary).byWorker(),
        sender(),
        firstArrivals());
  }

  private Map<String, Map<Clock, List<Reading>>> readings() {
    Map<String, Map<Clock, List<Reading>>> all = new LinkedHashMap<>();
    database.read(
        "clock_series",
        row ->
            all.computeIfAbsent(
                    Summary.nodeName(Optional.ofNullable(row.text(1))),
                    _ -> new EnumMap<>(Clock.class))
                .computeIfAbsent(Clock.ofKey(row.text(2)), _ -> new ArrayList<>())
                .add(Reading.of(row)));
    return all;
  }

  private Map<String, Map<Clock, ClaimedClock>> claimed(
      Map<String, Map<Clock, List<Reading>>> readings) {
    Map<Clock, Distribution> sentWidths = new EnumMap<>(Clock.class);
    for (Row row : database.ask("sent_widths")) {
      sentWidths.put(Clock.ofKey(row.text("clock")), distribution(row));
    }
    Map<String, Map<Clock, ClaimedClock>> all = new LinkedHashMap<>();
    for (Row row : database.ask("clock_extremes")) {
      String node = Summary.nodeName(row.optionalText("node"));
      Clock clock = Clock.ofKey(row.text("clock"));
      List<Reading> some = readings.getOrDefault(node, Map.of()).getOrDefault(clock, List.of());
      all.computeIfAbsent(node, _ -> new EnumMap<>(Clock.class))
          .put(
              clock,
              new ClaimedClock(
                  row.number("n"),
                  new Offsets(
                      some.stream().flatMapToLong(r -> r.offsetNs().stream()).findFirst(),
                      some.reversed().stream()
                          .flatMapToLong(r -> r.offsetNs().stream())
                          .findFirst(),
                      row.optionalNumber("least_ns"),
                      row.optionalNumber("most_ns"),
                      row.optionalNumber("earliest_ns"),
                      row.optionalNumber("latest_ns")),
                  width(row.optionalText("node"), clock, sentWidths),
                  jumps(node, some),
                  Optional.ofNullable(summary.coverage().getOrDefault(clock, Map.of()).get(node))
                      .map(Verdict::of),
                  Optional.ofNullable(
                          summary.models().getOrDefault(clock.key(), Map.of()).get(node))
                      .map(Verdict::of)));
    }
    return all;
  }

  private Optional<Distribution> width(
      Optional<String> node, Clock clock, Map<Clock, Distribution> sentWidths) {
    return node.isEmpty()
        ? Optional.ofNullable(sentWidths.get(clock))
        : Optional.ofNullable(summary.commitWait().get(clock))
            .map(PerNode::known)
            .map(known -> known.get(node.get()))
            .map(CommitWait::atEvent);
  }

  private Optional<Jumps> jumps(String node, List<Reading> readings) {
    List<OffsetSample> intervals =
        readings.stream().map(Reading::interval).flatMap(Optional::stream).toList();
    return intervals.size() < 2
        ? Optional.empty()
        : Optional.of(
            Jumps.of(
                intervals,
                sets.getOrDefault(node, List.of()).stream()
                    .filter(row -> row.text("kind").equals("step"))
                    .map(
                        row ->
                            new Jumps.ClockSet(row.number("local_time_ns"), row.number("size_ns")))
                    .toList()));
  }

  private Optional<SenderQuality> sender() {
    Map<String, Row> rows =
        database.ask("lateness").stream()
            .collect(Collectors.toMap(row -> row.text("what"), row -> row));
    Row late = rows.getOrDefault("lateness_ns", rows.get("scheduled_time_ns"));
    return late == null
        ? Optional.empty()
        : Optional.of(
            new SenderQuality(
                late.text("what").equals("lateness_ns") ? "monotonic" : "system",
                distribution(late),
                late.number("above_millisecond"),
                Optional.ofNullable(rows.get("transmit_time_ns"))
                    .map(QualityStatistics::distribution)));
  }

  private Map<Clock, FirstArrivals> firstArrivals() {
    Map<Clock, FirstArrivals> all = new EnumMap<>(Clock.class);
    for (Row row : database.ask("first_arrivals")) {
      all.put(
          Clock.ofKey(row.text("clock")),
          new FirstArrivals(
              row.number("event_id"),
              row.number("workers"),
              row.optionalNumber("best_ns"),
              row.number("at_least_ns"),
              row.number("at_most_ns"),
              row.optionalNumber("true_ns")));
    }
    return all;
  }

  private static Distribution distribution(Row row) {
    return new Distribution(
        row.number("n"),
        row.optionalNumber("p50_ns"),
        row.optionalNumber("p90_ns"),
        row.optionalNumber("p99_ns"),
        row.optionalNumber("p999_ns"),
        row.optionalNumber("max_ns"));
  }
}

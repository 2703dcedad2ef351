package org.carillon.analysis.statistics.quality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.Distributions;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Asks the store how good clocks, network and sender were. */
public final class QualityStatistics {

  private final Database database;
  private final Summary summary;
  private final Distributions distributions;
  private final Map<String, List<Row>> sets;

  private QualityStatistics(Database database, Summary summary, Distributions distributions) {
    this.database = database;
    this.summary = summary;
    this.distributions = distributions;
    this.sets =
        database.ask("clock_sets").stream()
            .collect(Collectors.groupingBy(row -> Summary.nodeName(row.optionalText("node"))));
  }

  /**
   * Computes it.
   *
   * @param database whose rows have been judged
   * @param summary what was computed of it before
   * @param distributions of the same database
   */
  public static Quality of(Database database, Summary summary, Distributions distributions) {
    return new QualityStatistics(database, summary, distributions).quality();
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
                  width(row.optionalText("node"), clock),
                  jumps(node, some),
                  Optional.ofNullable(summary.coverage().getOrDefault(clock, Map.of()).get(node))
                      .map(ClaimVerdict::of),
                  Optional.ofNullable(
                          summary.models().getOrDefault(clock.key(), Map.of()).get(node))
                      .map(ClaimVerdict::of)));
    }
    return all;
  }

  private Optional<Distribution> width(Optional<String> node, Clock clock) {
    return Optional.ofNullable(
        node.isEmpty()
            ? distributions.of("sent_width", clock).get(node)
            : distributions.of("width", clock).get(node));
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
    Row row = database.ask("lateness").getFirst();
    return ofSender("lateness")
        .map(
            lateness ->
                new SenderQuality(
                    row.text("clock"),
                    lateness,
                    row.number("above_millisecond"),
                    ofSender("transmit")));
  }

  private Optional<Distribution> ofSender(String measure) {
    return Optional.ofNullable(
        distributions.of(measure, Clock.SYSTEM).get(Optional.<String>empty()));
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
}

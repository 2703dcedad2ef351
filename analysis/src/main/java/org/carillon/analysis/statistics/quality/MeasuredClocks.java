package org.carillon.analysis.statistics.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/**
 * Asks the store how far clocks were off, and how long they were on their own.
 *
 * <p>A node's clock is measured by true time where that is known, else by its exchanges with the
 * server that it has most of (another server's error would look like a jump), else by the NTP
 * offsets that stand in its rows. Its free-running counter is measured by the same exchanges; every
 * other clock only by true time.
 */
final class MeasuredClocks {

  private final Map<String, List<Exchange>> exchanges = new LinkedHashMap<>();
  private final Map<String, List<Row>> sets;
  private final Database database;

  MeasuredClocks(Database database, Map<String, List<Row>> sets) {
    this.database = database;
    this.sets = sets;
    database.read(
        "exchanges",
        row ->
            exchanges
                .computeIfAbsent(
                    Summary.nodeName(Optional.ofNullable(row.text(1))), _ -> new ArrayList<>())
                .add(Exchange.of(row)));
  }

  /**
   * The clocks of each node that were measured.
   *
   * @param readings at some events, by node and clock
   */
  Map<String, Map<String, MeasuredClock>> measured(
      Map<String, Map<Clock, List<Reading>>> readings) {
    Map<String, Map<String, MeasuredClock>> all = new LinkedHashMap<>();
    Map<String, OffsetSeries> kept =
        exchanges.keySet().containsAll(readings.keySet()) ? Map.of() : keptOffsets();
    for (Map.Entry<String, Map<Clock, List<Reading>>> entry : readings.entrySet()) {
      Map<String, MeasuredClock> clocks = new LinkedHashMap<>();
      entry
          .getValue()
          .forEach(
              (clock, some) ->
                  Reading.againstTruth(some, breaks(entry.getKey(), "step", "local_time_ns"))
                      .ifPresent(series -> clocks.put(clock.key(), MeasuredClock.of(series))));
      bestServer(entry.getKey())
          .ifPresentOrElse(
              server -> byExchanges(entry.getKey(), server, clocks),
              () ->
                  Optional.ofNullable(kept.get(entry.getKey()))
                      .ifPresent(
                          series ->
                              clocks.putIfAbsent(Clock.SYSTEM.key(), MeasuredClock.of(series))));
      if (!clocks.isEmpty()) {
        all.put(entry.getKey(), clocks);
      }
    }
    return all;
  }

  private Optional<List<Exchange>> bestServer(String node) {
    return exchanges.getOrDefault(node, List.of()).stream()
        .collect(Collectors.groupingBy(Exchange::server, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .max(Comparator.comparingInt(List::size));
  }

  private void byExchanges(String node, List<Exchange> server, Map<String, MeasuredClock> clocks) {
    String data = "exchanges with " + server.getFirst().server();
    OptionalLong noiseNs = Exchange.noiseNs(server);
    List<OffsetSample> ofClock =
        server.stream().map(Exchange::ofClock).flatMap(Optional::stream).toList();
    if (!ofClock.isEmpty()) {
      clocks.putIfAbsent(
          Clock.SYSTEM.key(),
          MeasuredClock.of(
              new OffsetSeries(data, ofClock, noiseNs, breaks(node, "step", "local_time_ns"))));
    }
    server.stream()
        .filter(exchange -> exchange.counterOffsetNs().isPresent())
        .min(Comparator.comparingLong(exchange -> exchange.errorNs().orElse(Long.MAX_VALUE)))
        .map(exchange -> exchange.counterOffsetNs().getAsLong())
        .ifPresent(
            baseNs -> {
              List<OffsetSample> ofCounter =
                  server.stream()
                      .map(exchange -> exchange.ofCounter(baseNs))
                      .flatMap(Optional::stream)
                      .toList();
              if (!ofCounter.isEmpty()) {
                clocks.put(
                    Quality.COUNTER,
                    MeasuredClock.of(
                        new OffsetSeries(
                            data, ofCounter, noiseNs, breaks(node, "suspend", "raw_time_ns"))));
              }
            });
  }

  private List<Long> breaks(String node, String kind, String time) {
    return sets.getOrDefault(node, List.of()).stream()
        .filter(row -> row.text("kind").equals(kind))
        .map(row -> row.number(time))
        .toList();
  }

  /** The NTP offsets that stand in the rows of nodes without exchanges on record. */
  private Map<String, OffsetSeries> keptOffsets() {
    Map<String, List<OffsetSample>> samples = new LinkedHashMap<>();
    database.read(
        "kept_offsets",
        row ->
            OffsetSample.of(row.number(2), row.number(3), row.optionalNumber(4))
                .ifPresent(
                    sample ->
                        samples
                            .computeIfAbsent(
                                Summary.nodeName(Optional.ofNullable(row.text(1))),
                                _ -> new ArrayList<>())
                            .add(sample)));
    Map<String, OffsetSeries> kept = new LinkedHashMap<>();
    samples.forEach(
        (node, list) ->
            kept.put(
                node,
                new OffsetSeries(
                    "NTP offsets of the rows, each where it is first seen",
                    list,
                    OptionalLong.empty(),
                    breaks(node, "step", "local_time_ns"))));
    return kept;
  }

  /** How long each node with events was without an accepted exchange. */
  Map<String, Judgement<Holdover>> holdover() {
    Map<String, Judgement<Holdover>> all = new LinkedHashMap<>();
    for (Row span : database.ask("node_spans")) {
      OptionalLong fromNs = span.optionalNumber("from_ns");
      if (fromNs.isEmpty()) {
        continue;
      }
      String node = Summary.nodeName(span.optionalText("node"));
      List<Long> endsNs =
          exchanges.getOrDefault(node, List.of()).stream().map(Exchange::localNs).toList();
      all.put(
          node,
          endsNs.size() < 2
              ? new Judgement.NotComparable<>(
                  endsNs.isEmpty()
                      ? "no accepted exchange with a time server is on record"
                      : "only one accepted exchange with a time server is on record")
              : new Judgement.Known<>(
                  Holdover.of(endsNs, fromNs.getAsLong(), span.number("to_ns"))));
    }
    return all;
  }
}

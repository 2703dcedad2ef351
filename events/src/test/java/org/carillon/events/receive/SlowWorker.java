package org.carillon.events.receive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.carillon.core.event.Decoded;
import org.carillon.core.event.Event;
import org.carillon.core.event.EventCodec;
import org.carillon.core.record.Column;
import org.carillon.core.record.RowFormat;
import org.carillon.core.record.WorkerRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.core.time.RawTimescale;
import org.carillon.core.udp.Datagram;
import org.carillon.events.NodeClocks;

/**
 * What a worker writes and counts, done slowly and obviously: an object for everything, sets that
 * forget nothing, and Commons CSV.
 */
final class SlowWorker {

  private final String nodeId;
  private final OptionalLong runId;
  private final RawTimescale timescale;
  private final NodeClocks clocks;
  private final RowFormat<WorkerRow> format;
  private final StringBuilder csv = new StringBuilder();
  private final Map<OptionalLong, Set<Long>> seen = new LinkedHashMap<>();
  private final Map<OptionalLong, Long> highest = new HashMap<>();
  private final Map<String, Long> malformed = new HashMap<>();
  private long received;
  private long duplicates;
  private long outOfOrder;
  private long foreign;

  SlowWorker(
      String nodeId,
      OptionalLong runId,
      ClockSource clock,
      NodeClocks clocks,
      boolean withChronoTick) {
    this.nodeId = nodeId;
    this.runId = runId;
    this.timescale = new RawTimescale(clock);
    this.clocks = clocks;
    this.format = WorkerRow.format(withChronoTick);
    print(format.columns().stream().map(Column::name).toList());
  }

  private void print(List<?> cells) {
    try (CSVPrinter printer =
        new CSVPrinter(csv, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
      printer.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void take(List<Datagram> batch) {
    timescale.pair();
    batch.forEach(this::take);
  }

  private void take(Datagram datagram) {
    switch (EventCodec.decode(datagram.bytes())) {
      case Decoded.Malformed(String reason) -> malformed.merge(reason, 1L, Long::sum);
      case Decoded.Valid(Event event) when event.eventId() < 1 ->
          malformed.merge("event id below 1", 1L, Long::sum);
      case Decoded.Valid(Event event)
          when runId.isPresent() && event.runId().isPresent() && !event.runId().equals(runId) ->
          foreign++;
      case Decoded.Valid(Event event) -> record(datagram, event);
    }
  }

  private void record(Datagram datagram, Event event) {
    OptionalLong run = runId.isPresent() ? runId : event.runId();
    long highestBefore = highest.getOrDefault(run, 0L);
    received++;
    if (!seen.computeIfAbsent(run, id -> new HashSet<>()).add(event.eventId())) {
      duplicates++;
    } else if (event.eventId() < highestBefore) {
      outOfOrder++;
    }
    highest.put(run, Math.max(highestBefore, event.eventId()));
    Moment arrived = timescale.at(datagram.realtimeNs());
    WorkerRow row =
        new WorkerRow(
            event.eventId(),
            nodeId,
            event.sequenceNumber(),
            arrived.localNs(),
            event.sendTimeNs(),
            datagram.source(),
            clocks.at(arrived));
    print(format.cells().apply(row));
  }

  EventCounts counts() {
    long missing = 0;
    for (OptionalLong run : seen.keySet()) {
      long missingOfRun = highest.get(run) - seen.get(run).size();
      missing = missing > Long.MAX_VALUE - missingOfRun ? Long.MAX_VALUE : missing + missingOfRun;
    }
    return new EventCounts(
        received,
        duplicates,
        0,
        outOfOrder,
        missing,
        highest.values().stream().mapToLong(Long::longValue).max().orElse(0),
        foreign,
        malformed);
  }

  /** The whole file. */
  String csv() {
    return csv.toString();
  }
}

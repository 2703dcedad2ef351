package org.carillon.events.receive;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.carillon.core.event.Decoded;
import org.carillon.core.event.Event;
import org.carillon.core.event.EventCodec;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.RowLog;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.core.time.RawTimescale;
import org.carillon.core.udp.Datagram;
import org.carillon.events.NodeClocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a stamped datagram into a row, or into a count. Runs on the receiving thread and waits for
 * nothing: decoding, asking the clocks and handing the row over are all done in memory.
 */
final class WorkerRecorder implements Consumer<Datagram> {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerRecorder.class);

  /** The reason under which a datagram is counted that made us fail. */
  private static final String FAULT = "fault of the worker";

  private final String nodeId;
  private final RawTimescale timescale;
  private final NodeClocks clocks;
  private final EventAccounting accounting;
  private final RowLog<WorkerRow> rows;
  private final Optional<CommitWait> commitWait;
  private final Optional<TrueTimeLatencies> latencies;
  private final LongConsumer recorded;
  private boolean faultSaid;

  /**
   * @param recorded is told the id of every event that has been dealt with
   */
  WorkerRecorder(
      String nodeId,
      ClockSource clock,
      NodeClocks clocks,
      EventAccounting accounting,
      RowLog<WorkerRow> rows,
      Optional<CommitWait> commitWait,
      Optional<TrueTimeLatencies> latencies,
      LongConsumer recorded) {
    this.nodeId = nodeId;
    this.timescale = new RawTimescale(clock);
    this.clocks = clocks;
    this.accounting = accounting;
    this.rows = rows;
    this.commitWait = commitWait;
    this.latencies = latencies;
    this.recorded = recorded;
  }

  @Override
  public void accept(Datagram datagram) {
    try {
      judge(datagram);
    } catch (RuntimeException e) {
      // A fault of ours in looking at one datagram must not cost the next ones.
      accounting.malformed(FAULT);
      if (!faultSaid) {
        faultSaid = true;
        LOG.error("a datagram could not be looked at: {}; this is logged once", e.toString(), e);
      }
    }
  }

  private void judge(Datagram datagram) {
    switch (EventCodec.decode(datagram.bytes())) {
      case Decoded.Malformed(String reason) -> accounting.malformed(reason);
      case Decoded.Valid(Event event) when event.eventId() < 1 ->
          accounting.malformed("event id below 1");
      case Decoded.Valid(Event event) -> record(datagram.realtimeNs(), datagram.source(), event);
    }
  }

  private void record(long realtimeNs, TimestampSource source, Event event) {
    EventAccounting.Verdict verdict = accounting.event(event.runId(), event.eventId());
    if (verdict == EventAccounting.Verdict.FOREIGN) {
      return;
    }
    timescale.pair();
    Moment arrived = timescale.at(realtimeNs);
    ClockCells cells = clocks.at(arrived);
    if (verdict == EventAccounting.Verdict.FIRST) {
      commitWait.ifPresent(wait -> wait.arrived(event.eventId()));
      latencies.ifPresent(recorder -> recorder.arrived(event.sendTimeNs(), cells));
    }
    // Last, so that an event whose row is written has been dealt with.
    rows.offer(
        new WorkerRow(
            event.eventId(),
            nodeId,
            event.sequenceNumber(),
            arrived.localNs(),
            event.sendTimeNs(),
            source,
            cells));
    recorded.accept(event.eventId());
  }
}

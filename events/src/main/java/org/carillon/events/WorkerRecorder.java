package org.carillon.events;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.carillon.core.event.Decoded;
import org.carillon.core.event.Event;
import org.carillon.core.event.EventCodec;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.RowLog;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRow;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a stamped datagram into a row, or into a count. Runs on the receiving thread and waits for
 * nothing: decoding, asking the clocks and handing the row over are all done in memory.
 */
final class WorkerRecorder implements EventReceiver.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerRecorder.class);

  /** The reason under which a datagram is counted that made us fail. */
  private static final String FAULT = "fault of the worker";

  private final String nodeId;
  private final ClockSource clock;
  private final NodeClocks clocks;
  private final EventAccounting accounting;
  private final RowLog<WorkerRow> rows;
  private final Optional<CommitWait> commitWait;
  private boolean faultSaid;

  WorkerRecorder(
      String nodeId,
      ClockSource clock,
      NodeClocks clocks,
      EventAccounting accounting,
      RowLog<WorkerRow> rows,
      Optional<CommitWait> commitWait) {
    this.nodeId = nodeId;
    this.clock = clock;
    this.clocks = clocks;
    this.accounting = accounting;
    this.rows = rows;
    this.commitWait = commitWait;
  }

  @Override
  public void accept(long realtimeNs, ByteBuffer datagram) {
    try {
      judge(realtimeNs, datagram);
    } catch (RuntimeException e) {
      // A fault of ours in looking at one datagram must not cost the next ones.
      accounting.malformed(FAULT);
      if (!faultSaid) {
        faultSaid = true;
        LOG.error("a datagram could not be looked at: {}; this is logged once", e.toString(), e);
      }
    }
  }

  private void judge(long realtimeNs, ByteBuffer datagram) {
    switch (EventCodec.decode(datagram)) {
      case Decoded.Malformed(String reason) -> accounting.malformed(reason);
      case Decoded.Valid(Event event) when event.eventId() < 1 ->
          accounting.malformed("event id below 1");
      case Decoded.Valid(Event event) -> record(realtimeNs, event);
    }
  }

  private void record(long realtimeNs, Event event) {
    EventAccounting.Verdict verdict = accounting.event(event.runId(), event.eventId());
    if (verdict == EventAccounting.Verdict.FOREIGN) {
      return;
    }
    long localNs = clock.localNs(realtimeNs);
    ClockCells cells = clocks.at(realtimeNs, localNs);
    rows.offer(
        new WorkerRow(
            event.eventId(),
            nodeId,
            event.sequenceNumber(),
            localNs,
            event.sendTimeNs(),
            TimestampSource.USER,
            cells));
    if (verdict == EventAccounting.Verdict.FIRST) {
      commitWait.ifPresent(wait -> wait.arrived(event.eventId()));
    }
  }
}

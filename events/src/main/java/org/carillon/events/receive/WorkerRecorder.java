package org.carillon.events.receive;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.carillon.core.event.EventReader;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.RecordLog;
import org.carillon.core.record.WorkerRecord;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.MomentBuffer;
import org.carillon.core.time.RawTimescale;
import org.carillon.core.udp.Datagram;
import org.carillon.events.NodeClocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns stamped datagrams into rows, or into counts. Runs on the receiving thread and waits for
 * nothing: reading, asking the clocks and handing rows over are all done in memory, without making
 * an object. What all datagrams of a batch need is done once for them: at the first, the counts are
 * held and both of the node's scales are read; at the {@linkplain #endBatch() end}, the rows are
 * handed over. For one thread at a time.
 */
final class WorkerRecorder implements Consumer<Datagram> {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerRecorder.class);

  /** The reason under which a datagram is counted that made us fail. */
  private static final String FAULT = "fault of the worker";

  private final EventReader event = new EventReader();
  private final MomentBuffer arrived = new MomentBuffer();
  private final ClockBuffer known = new ClockBuffer();
  private final RawTimescale timescale;
  private final NodeClocks clocks;
  private final EventAccounting accounting;
  private final RecordLog rows;
  private final Optional<CommitWait> commitWait;
  private final Optional<TrueTimeLatencies> latencies;
  private final LongConsumer recorded;
  private boolean inBatch;
  private long lastRecordedId;
  private boolean faultSaid;

  /**
   * @param rows in the form of {@link WorkerRecord}
   * @param recorded is told the id of the last event of every batch that has been dealt with
   */
  WorkerRecorder(
      ClockSource clock,
      NodeClocks clocks,
      EventAccounting accounting,
      RecordLog rows,
      Optional<CommitWait> commitWait,
      Optional<TrueTimeLatencies> latencies,
      LongConsumer recorded) {
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
    if (!inBatch) {
      beginBatch();
    }
    try {
      judge(datagram);
    } catch (RuntimeException e) {
      // A fault of ours in looking at one datagram must not cost the next ones.
      accounting.heldMalformed(FAULT);
      if (!faultSaid) {
        faultSaid = true;
        LOG.error("a datagram could not be looked at: {}; this is logged once", e.toString(), e);
      }
    }
  }

  private void beginBatch() {
    accounting.hold();
    inBatch = true;
    lastRecordedId = 0;
    timescale.readPair();
  }

  private void judge(Datagram datagram) {
    String reason = event.read(datagram.bytes());
    if (reason != null) {
      accounting.heldMalformed(reason);
    } else if (event.eventId() < 1) {
      accounting.heldMalformed("event id below 1");
    } else {
      record(datagram);
    }
  }

  private void record(Datagram datagram) {
    EventAccounting.Verdict verdict =
        accounting.heldEvent(event.hasRunId(), event.runId(), event.eventId());
    if (verdict == EventAccounting.Verdict.FOREIGN) {
      return;
    }
    timescale.carryOver(datagram.realtimeNs(), arrived);
    clocks.read(arrived, known);
    if (verdict == EventAccounting.Verdict.FIRST) {
      if (commitWait.isPresent()) {
        commitWait.get().arrived(event.eventId());
      }
      if (latencies.isPresent()) {
        latencies.get().arrived(event.sendTimeNs(), known);
      }
    }
    int at = rows.claim();
    if (at >= 0) {
      WorkerRecord.put(
          rows.records(),
          at,
          event.eventId(),
          event.sequenceNumber(),
          arrived.localNs(),
          event.sendTimeNs(),
          datagram.source(),
          known);
    }
    lastRecordedId = event.eventId();
  }

  /** Hands over what came since the end before. */
  void endBatch() {
    if (!inBatch) {
      return;
    }
    inBatch = false;
    accounting.release();
    if (latencies.isPresent()) {
      latencies.get().flush();
    }
    // After all else, so that an event whose row is written has been dealt with.
    rows.publish();
    if (lastRecordedId > 0) {
      recorded.accept(lastRecordedId);
    }
  }
}

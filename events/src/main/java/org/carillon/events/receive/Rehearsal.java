package org.carillon.events.receive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.carillon.core.event.Decoded;
import org.carillon.core.event.Event;
import org.carillon.core.event.EventCodec;
import org.carillon.core.event.WireFormat;
import org.carillon.core.record.RowFormat;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.events.NodeClocks;

/**
 * Does what is done for every event a few times without consequences, so that the first real events
 * do not wait until classes are loaded and code is compiled: that takes 10 to 30 ms on a busy node.
 */
final class Rehearsal {

  /** Enough for the first tier of compilation. */
  private static final int TIMES = 300;

  private Rehearsal() {}

  /** As a worker: decode, count, ask the clocks, format. */
  static void of(ClockSource clock, NodeClocks clocks, RowFormat<WorkerRow> format) {
    EventAccounting accounting = new EventAccounting(OptionalLong.empty());
    ByteBuffer datagram = ByteBuffer.allocateDirect(1 << 10);
    for (int id = 1; id <= TIMES; id++) {
      WireFormat wire = WireFormat.values()[id % WireFormat.values().length];
      Moment now = Moment.now(clock);
      long localNs = now.localNs();
      wire.codec().encode(event(id, localNs), datagram.clear());
      if (EventCodec.decode(datagram.flip()) instanceof Decoded.Valid(Event event)) {
        accounting.event(event.runId(), event.eventId());
        format
            .cells()
            .apply(
                new WorkerRow(
                    event.eventId(),
                    "rehearsal",
                    event.sequenceNumber(),
                    localNs,
                    event.sendTimeNs(),
                    TimestampSource.USER,
                    clocks.at(now)));
      }
    }
  }

  private static Event event(int id, long localNs) {
    return new Event(
        OptionalLong.of(1),
        id,
        id - 1,
        localNs,
        ("event_" + id).getBytes(StandardCharsets.US_ASCII));
  }
}

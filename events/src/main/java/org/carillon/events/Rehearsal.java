package org.carillon.events;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.event.Decoded;
import org.carillon.core.event.Event;
import org.carillon.core.event.EventCodec;
import org.carillon.core.event.WireFormat;
import org.carillon.core.record.CoordinatorRow;
import org.carillon.core.record.RowFormat;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;

/**
 * Does what is done for every event a few times without consequences, so that the first real events
 * do not wait until classes are loaded and code is compiled: that takes 10 to 30 ms on a busy node.
 */
final class Rehearsal {

  /** Enough for the first tier of compilation. */
  private static final int TIMES = 300;

  private Rehearsal() {}

  /** As a worker: decode, count, ask the clocks, format. */
  static void ofWorker(ClockSource clock, NodeClocks clocks, RowFormat<WorkerRow> format) {
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

  /** As a coordinator: look at the schedule, encode, ask the clock, format. */
  static void ofCoordinator(
      EventPlan plan, ClockSource clock, NodeClocks clocks, Broadcaster broadcaster) {
    for (int index = 0; index < TIMES; index++) {
      Moment now = Moment.now(clock);
      long localNs = now.localNs();
      broadcaster.rehearse(plan.event(index, localNs, plan.payload(index)));
      CoordinatorRow.FORMAT
          .cells()
          .apply(
              new CoordinatorRow(
                  index + 1,
                  index,
                  localNs,
                  plan.schedule().delayAfterNs(0),
                  List.of(),
                  List.of(),
                  localNs,
                  clocks.at(now)));
    }
  }

  private static Event event(int id, long localNs) {
    return new Event(OptionalLong.of(1), id, id - 1, localNs, Payload.of(id, OptionalInt.empty()));
  }
}

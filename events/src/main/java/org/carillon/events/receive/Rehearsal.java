package org.carillon.events.receive;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.core.event.EventWriter;
import org.carillon.core.event.WireFormat;
import org.carillon.core.record.RecordFormat;
import org.carillon.core.record.RecordLog;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;
import org.carillon.core.udp.Datagram;
import org.carillon.events.NodeClocks;

/**
 * Does what is done for every event a few times without consequences, so that the first real events
 * do not wait until classes are loaded and code is compiled: that takes 10 to 30 ms on a busy node.
 */
final class Rehearsal {

  /** Of each form; enough for the first tier of compilation. */
  private static final int TIMES = 200;

  private static final int BATCH = 4;
  private static final long RUN_ID = 1;

  /** Enough for all; the memory is not given back. */
  private static final int RING_PLACES = 512;

  /** Takes what is written and keeps nothing. */
  private static final Path NOWHERE = Path.of("/dev/null");

  /** A datagram of nobody. */
  private record Rehearsed(ByteBuffer bytes, long realtimeNs) implements Datagram {

    @Override
    public TimestampSource source() {
      return TimestampSource.USER;
    }

    @Override
    public boolean truncated() {
      return false;
    }

    @Override
    public InetSocketAddress sender() {
      return new InetSocketAddress(0);
    }
  }

  private Rehearsal() {}

  /**
   * As a worker: read, count, ask the clocks, format and write.
   *
   * @param latencies nobody else's; without them nothing of theirs is loaded
   */
  static void of(
      ClockSource clock,
      NodeClocks clocks,
      RecordFormat format,
      Optional<TrueTimeLatencies> latencies) {
    try (RecordLog rows = RecordLog.open(NOWHERE, format, () -> {}, RING_PLACES)) {
      WorkerRecorder recorder =
          new WorkerRecorder(
              clock,
              clocks,
              new EventAccounting(OptionalLong.empty()),
              rows,
              Optional.empty(),
              latencies,
              eventId -> {});
      for (WireFormat wire : WireFormat.values()) {
        rehearse(recorder, new EventWriter(wire, OptionalInt.empty(), RUN_ID), clock);
      }
    }
  }

  private static void rehearse(WorkerRecorder recorder, EventWriter writer, ClockSource clock) {
    ByteBuffer datagram = ByteBuffer.allocateDirect(1 << 10);
    for (int id = 1; id <= TIMES; id++) {
      long realtimeNs = clock.realtimeNs();
      writer.write(id, id - 1, realtimeNs, datagram);
      recorder.accept(new Rehearsed(datagram, realtimeNs));
      if (id % BATCH == 0) {
        recorder.endBatch();
      }
    }
  }
}

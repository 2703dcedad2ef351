package org.carillon.events.receive;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.event.Event;
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

  /** Enough for the first tier of compilation. */
  private static final int TIMES = 300;

  private static final int BATCH = 4;

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

  /** As a worker: read, count, ask the clocks, format and write. */
  static void of(ClockSource clock, NodeClocks clocks, RecordFormat format) {
    try (RecordLog rows = RecordLog.open(NOWHERE, format, () -> {}, RING_PLACES)) {
      WorkerRecorder recorder =
          new WorkerRecorder(
              clock,
              clocks,
              new EventAccounting(OptionalLong.empty()),
              rows,
              Optional.empty(),
              Optional.of(new TrueTimeLatencies()),
              eventId -> {});
      ByteBuffer datagram = ByteBuffer.allocateDirect(1 << 10);
      for (int id = 1; id <= TIMES; id++) {
        WireFormat wire = WireFormat.values()[id % WireFormat.values().length];
        long realtimeNs = clock.realtimeNs();
        wire.codec().encode(event(id, realtimeNs), datagram.clear());
        recorder.accept(new Rehearsed(datagram.flip(), realtimeNs));
        if (id % BATCH == 0) {
          recorder.endBatch();
        }
      }
    }
  }

  private static Event event(int id, long sendTimeNs) {
    return new Event(
        OptionalLong.of(1),
        id,
        id - 1,
        sendTimeNs,
        ("event_" + id).getBytes(StandardCharsets.US_ASCII));
  }
}

package org.carillon.events.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.carillon.core.event.EventWriter;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.CoordinatorRecord;
import org.carillon.core.record.RecordFormat;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.MomentBuffer;
import org.carillon.core.udp.Broadcast;
import org.carillon.events.NodeClocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is done for every event a few times without consequences, so that the first real events
 * do not wait until classes are loaded and code is compiled: that takes 10 to 30 ms on a busy node.
 */
final class Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** Enough for the first tier of compilation. */
  private static final int TIMES = 300;

  private Rehearsal() {}

  /** As a coordinator: walk the schedule, ask the clock, encode, send to nobody, format. */
  static void of(EventPlan plan, ClockSource clock, NodeClocks clocks) {
    try (DatagramChannel nobody = DatagramChannel.open()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress address = (InetSocketAddress) nobody.getLocalAddress();
      try (Broadcast broadcast = Broadcast.to(List.of(address), false)) {
        rehearse(plan, clock, clocks, broadcast);
      }
    } catch (IOException e) {
      LOG.debug("the sending is not rehearsed", e);
    }
  }

  private static void rehearse(
      EventPlan plan, ClockSource clock, NodeClocks clocks, Broadcast broadcast) {
    Schedule.Cursor cursor = plan.schedule().walk();
    EventWriter writer = new EventWriter(plan.wire(), plan.payloadBytes(), plan.runId());
    ByteBuffer datagram = ByteBuffer.allocateDirect(EventSender.DATAGRAM_BYTES);
    MomentBuffer now = new MomentBuffer();
    ClockBuffer cells = new ClockBuffer();
    RecordFormat format = CoordinatorRecord.format(List.of("worker:9000"));
    long[] record = new long[format.recordLongs()];
    byte[] line = new byte[format.lineBytesMax()];
    for (int index = 0; index < TIMES; index++) {
      long dueNs = cursor.next();
      now.readNow(clock);
      writer.write(index + 1, index, now.localNs(), datagram);
      broadcast.send(datagram, (receiver, reason) -> {});
      clocks.read(now, cells);
      CoordinatorRecord.put(
          record, 0, index + 1, index, now.localNs(), dueNs, now.localNs(), 0, 0, cells);
      format.format(record, 0, null, line, 0);
    }
  }
}

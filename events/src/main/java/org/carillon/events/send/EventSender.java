package org.carillon.events.send;

import java.nio.ByteBuffer;
import org.carillon.core.event.EventWriter;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.CoordinatorRecord;
import org.carillon.core.record.RecordLog;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.MomentBuffer;
import org.carillon.core.udp.Broadcast;
import org.carillon.events.NodeClocks;

/**
 * Sends one event after the other and records each. Between the reading of the send time and the
 * call that sends there is nothing but the encoding. Makes no objects and takes no lock while no
 * send fails. For one thread.
 */
final class EventSender implements Pacer.Waiter {

  /** Any datagram fits, and what JSON adds to the largest payload. */
  private static final int DATAGRAM_BYTES = 65_536 * 2;

  private final ClockSource clock;
  private final NodeClocks clocks;
  private final Broadcaster broadcaster;
  private final RecordLog records;
  private final EventWriter writer;
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
  private final MomentBuffer now = new MomentBuffer();
  private final ClockBuffer cells = new ClockBuffer();

  EventSender(
      EventPlan plan,
      ClockSource clock,
      NodeClocks clocks,
      Broadcaster broadcaster,
      RecordLog records) {
    this.clock = clock;
    this.clocks = clocks;
    this.broadcaster = broadcaster;
    this.records = records;
    this.writer = new EventWriter(plan.wire(), plan.payloadBytes(), plan.runId());
  }

  /** Reads the time: what is read last before an event is sent is its send time. */
  @Override
  public void look() {
    now.readNow(clock);
  }

  /** Does what {@link #send} does up to the sending, without sending. */
  @Override
  public void awake() {
    writer.write(1, 0, now.localNs(), datagram);
    broadcaster.prepare();
  }

  /**
   * Sends an event now, when a wait for it has just ended.
   *
   * @param index counts from 0
   * @param dueNs when it was due, on the pacer's scale
   * @param delayNs how long after that the next one is due
   * @return how much later than due that is
   */
  long send(long index, long dueNs, long delayNs, Pacer pacer) {
    long latenessNs = pacer.lookedAtNs() - dueNs;
    writer.write(index + 1, index, now.localNs(), datagram);
    broadcaster.send(datagram);
    record(index, pacer.startLocalNs() + dueNs, delayNs, latenessNs);
    return latenessNs;
  }

  private void record(long index, long scheduledTimeNs, long delayNs, long latenessNs) {
    int at = records.claim();
    if (at >= 0) {
      clocks.read(now, cells);
      CoordinatorRecord.put(
          records.records(),
          at,
          index + 1,
          index,
          now.localNs(),
          delayNs,
          scheduledTimeNs,
          latenessNs,
          transmitTimeNs(),
          cells);
      if (broadcaster.failures().any()) {
        records.note(broadcaster.failures().ofEvent());
      }
      records.publish();
    }
  }

  private long transmitTimeNs() {
    long realtimeNs = broadcaster.transmitTimeNs();
    return realtimeNs == Broadcast.UNKNOWN ? CoordinatorRecord.UNKNOWN : clock.localNs(realtimeNs);
  }
}

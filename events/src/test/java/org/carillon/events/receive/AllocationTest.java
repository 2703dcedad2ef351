package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.workload.SenderClock;
import org.carillon.core.event.Event;
import org.carillon.core.event.WireFormat;
import org.carillon.core.record.CommitWaitRecord;
import org.carillon.core.record.RecordLog;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRecord;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.carillon.events.MeasuredNode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event costs the receiving thread in objects, once it has taken some: nothing. */
class AllocationTest {

  private static final OptionalLong RUN_ID = OptionalLong.of(1);
  private static final int BATCH = 8;

  /** The smallest object has 16 bytes: one for each event would be told from none. */
  private static final int EVENTS = 16_000;

  /** While code is compiled, objects that it will do without are made. */
  private static final int ROUNDS = 20;

  private final ClockSource clock = new SystemClock();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(1 << 10);

  @TempDir private Path folder;
  private long eventId;

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void inASteadyStreamAnEventMakesNoObject(WireFormat wire) {
    List<Duration> delays = List.of(Duration.ofMillis(1), Duration.ofHours(1));
    try (MeasuredNode node = MeasuredNode.start(clock, folder);
        RecordLog rows =
            RecordLog.open(
                folder.resolve("worker_n1.csv"), WorkerRecord.format("n1", true), () -> {});
        RecordLog waitRows =
            RecordLog.open(
                folder.resolve("commit_wait_n1.csv"), CommitWaitRecord.format(delays), () -> {});
        CommitWait wait = CommitWait.start(delays, clock, node.clocks(), waitRows)) {
      TrueTimeLatencies latencies = new TrueTimeLatencies();
      latencies.senderClock(new SenderClock(0, 1));
      EventAccounting accounting = new EventAccounting(RUN_ID);
      WorkerRecorder recorder =
          new WorkerRecorder(
              clock,
              node.clocks(),
              accounting,
              rows,
              Optional.of(wait),
              Optional.of(latencies),
              id -> {});
      long leastBytes = Long.MAX_VALUE;
      for (int i = 0; i < ROUNDS && leastBytes >= EVENTS; i++) {
        leastBytes = Math.min(leastBytes, bytesOf(EVENTS, recorder, wire));
      }
      assertThat(leastBytes).as("bytes of %d events", EVENTS).isLessThan(EVENTS);
      assertThat(accounting.counts().received()).isEqualTo(eventId);
      assertThat(latencies.total().count()).isEqualTo(eventId);
    }
  }

  /** Of the recorder alone; the datagrams are made outside. */
  private long bytesOf(int events, WorkerRecorder recorder, WireFormat wire) {
    long bytes = 0;
    FakeDatagram[] batch = new FakeDatagram[BATCH];
    for (int i = 0; i < events; i += BATCH) {
      for (int j = 0; j < BATCH; j++) {
        batch[j] = event(wire);
      }
      long beforeBytes = threads.getCurrentThreadAllocatedBytes();
      for (FakeDatagram one : batch) {
        recorder.accept(one);
      }
      recorder.endBatch();
      bytes += threads.getCurrentThreadAllocatedBytes() - beforeBytes;
    }
    return bytes;
  }

  private FakeDatagram event(WireFormat wire) {
    long nowNs = clock.realtimeNs();
    eventId++;
    byte[] payload = ("event_" + eventId).getBytes(StandardCharsets.UTF_8);
    wire.codec().encode(new Event(RUN_ID, eventId, eventId - 1, nowNs, payload), datagram.clear());
    ByteBuffer copy = ByteBuffer.allocateDirect(datagram.flip().remaining());
    return new FakeDatagram(copy.put(datagram).flip(), nowNs, TimestampSource.KERNEL);
  }
}

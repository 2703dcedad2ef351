package org.carillon.bench;

import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.RecordRing;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What handing a record over costs who hands it over: a place claimed, a worker's record put there,
 * and published once for as many as a receiver fetches at once.
 */
@State(Scope.Thread)
@OperationsPerInvocation(RingBenchmark.RECORDS)
public class RingBenchmark {

  /** So many take some 20 µs: far more than it takes to read the time around them. */
  static final int RECORDS = 1_024;

  private static final int BATCH = 32;
  private static final long TIME_NS = 1_800_000_000_000_000_000L;

  private final RecordRing ring =
      new RecordRing(1 << 16, WorkerRecord.format("node", false).recordLongs());
  private final ClockBuffer clocks = new ClockBuffer();
  private final Thread consumer = Thread.ofPlatform().unstarted(this::consume);
  private volatile boolean ended;

  @Setup
  public void start() {
    clocks.setNtp(1, 2);
    clocks.setRawTime(3, 4);
    consumer.start();
  }

  @TearDown
  public void end() throws InterruptedException {
    ended = true;
    consumer.join();
  }

  private void consume() {
    while (!ended) {
      while (ring.hasNext()) {
        ring.take();
      }
      ring.release();
      Thread.onSpinWait();
    }
  }

  @Benchmark
  public void handOver() {
    for (int i = 1; i <= RECORDS; i++) {
      int at = ring.claim();
      while (at < 0) {
        Thread.onSpinWait();
        at = ring.claim();
      }
      WorkerRecord.put(
          ring.values(), at, i, i, TIME_NS + i, TIME_NS, TimestampSource.KERNEL, clocks);
      if (i % BATCH == 0) {
        ring.publish();
      }
    }
  }
}

package org.carillon.bench;

import java.util.List;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.CoordinatorRecord;
import org.carillon.core.record.RecordFormat;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRecord;
import org.carillon.core.time.ClockStatus;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What turning a record into a line of CSV costs, with all that a node without ChronoTick knows.
 */
@State(Scope.Thread)
@OperationsPerInvocation(FormatBenchmark.LINES)
public class FormatBenchmark {

  /** So many take some 200 µs: far more than it takes to read the time around them. */
  static final int LINES = 1_000;

  private static final long TIME_NS = 1_800_000_000_000_000_000L;
  private static final int STEP_NS = 10_007;

  private final RecordFormat worker = WorkerRecord.format("comp11", false);
  private final RecordFormat coordinator =
      CoordinatorRecord.format(List.of("comp11:9000", "comp12:9000"));
  private final long[] workerRecords = new long[LINES * worker.recordLongs()];
  private final long[] coordinatorRecords = new long[LINES * coordinator.recordLongs()];
  private final byte[] line = new byte[Math.max(worker.lineBytesMax(), coordinator.lineBytesMax())];

  @Setup
  public void fill() {
    ClockBuffer clocks = new ClockBuffer();
    for (int i = 0; i < LINES; i++) {
      long timeNs = TIME_NS + (long) i * STEP_NS;
      clocks.clear();
      clocks.setNtp(-23_281_813 + i, 180_000 + i);
      clocks.setBounded(ClockStatus.SYNCHRONIZED, timeNs - 60_000, timeNs, timeNs + 60_000);
      clocks.setRawTime(86_400_000_000_000L + (long) i * STEP_NS, 100 + i % 100);
      WorkerRecord.put(
          workerRecords,
          i * worker.recordLongs(),
          1_000_000 + i,
          999_999 + i,
          timeNs,
          timeNs - 30_000,
          TimestampSource.KERNEL,
          clocks);
      CoordinatorRecord.put(
          coordinatorRecords,
          i * coordinator.recordLongs(),
          1_000_000 + i,
          999_999 + i,
          timeNs,
          STEP_NS,
          timeNs - 300,
          300,
          timeNs + 5_000,
          clocks);
    }
  }

  @Benchmark
  public void workerLine(Blackhole hole) {
    format(worker, workerRecords, hole);
  }

  @Benchmark
  public void coordinatorLine(Blackhole hole) {
    format(coordinator, coordinatorRecords, hole);
  }

  private void format(RecordFormat format, long[] records, Blackhole hole) {
    for (int i = 0; i < LINES; i++) {
      hole.consume(format.format(records, i * format.recordLongs(), null, line, 0));
    }
  }
}

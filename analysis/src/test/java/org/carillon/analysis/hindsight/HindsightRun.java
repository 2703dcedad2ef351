package org.carillon.analysis.hindsight;

import java.util.Random;
import org.carillon.analysis.RecordedRun;

/**
 * A run whose true time is known: a coordinator and two workers, each with a counter of its own
 * drift, a time server 50 to 450 µs away, and intervals online that hold and are wider than need
 * be.
 */
final class HindsightRun {

  static final long TRUE_START_NS = 1_795_000_000_000_000_000L;
  static final int EVENTS = 400;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long EVENT_EVERY_NS = SECOND_NS / 4;
  private static final int SAMPLES = 40;
  private static final long SAMPLE_EVERY_NS = 3 * SECOND_NS;
  private static final String CLOCK_CELLS =
      ",bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,true_time_ns,raw_time_ns,raw_uncertainty_ns\n";

  private final Random random;
  private final RecordedRun run;

  HindsightRun(RecordedRun run, long seed) {
    this.run = run;
    this.random = new Random(seed);
  }

  /** A node's counter. */
  record Counter(long startNs, double ppm) {

    long rawNs(long trueNs) {
      long sinceNs = trueNs - TRUE_START_NS;
      return startNs + sinceNs + Math.round(sinceNs * ppm * 1e-6);
    }
  }

  /** All files, with samples of all three. */
  RecordedRun write() {
    Counter coordinator = new Counter(7_000_000_000L, 31);
    Counter one = new Counter(500_000_000_000_000L, -12.5);
    Counter two = new Counter(90_000_000_000L, 47);
    long[] sentNs = new long[EVENTS];
    StringBuilder sends = new StringBuilder("event_id,sequence_number,send_time_ns" + CLOCK_CELLS);
    for (int i = 0; i < EVENTS; i++) {
      sentNs[i] = TRUE_START_NS + SECOND_NS + i * EVENT_EVERY_NS;
      sends.append(i + 1).append(',').append(i).append(',').append(sentNs[i]);
      sends.append(clockCells(coordinator, sentNs[i]));
    }
    run.with("coordinator.csv", sends.toString());
    run.with("samples_coordinator.csv", samples(coordinator));
    worker("one", one, sentNs, 60_000);
    worker("two", two, sentNs, 700_000);
    return run;
  }

  private void worker(String node, Counter counter, long[] sentNs, long latencyNs) {
    StringBuilder rows =
        new StringBuilder("event_id,receive_time_ns,coordinator_send_time_ns" + CLOCK_CELLS);
    for (int i = 0; i < EVENTS; i++) {
      long receivedNs = sentNs[i] + latencyNs + random.nextInt(20_000);
      rows.append(i + 1).append(',').append(receivedNs).append(',').append(sentNs[i]);
      rows.append(clockCells(counter, receivedNs));
    }
    run.with("worker_" + node + ".csv", rows.toString());
    run.with("samples_" + node + ".csv", samples(counter));
  }

  private String clockCells(Counter counter, long trueNs) {
    long earliestNs = trueNs - 100_000 - random.nextInt(900_000);
    long latestNs = trueNs + 100_000 + random.nextInt(900_000);
    long uncertaintyNs = random.nextInt(300);
    long rawNs = counter.rawNs(trueNs) + random.nextLong(uncertaintyNs + 1);
    return ",%d,%d,%d,%d,%d,%d%n"
        .formatted(trueNs, earliestNs, latestNs, trueNs, rawNs, uncertaintyNs);
  }

  /** One server that is exact, every three seconds, the way back longer than the way there. */
  private String samples(Counter counter) {
    StringBuilder rows =
        new StringBuilder(
            "server,t1_ns,t2_ns,t3_ns,t4_ns,verdict,t1_raw_ns,t4_raw_ns,error_ns,t1_source\n");
    for (int i = 0; i < SAMPLES; i++) {
      long t1 = TRUE_START_NS + i * SAMPLE_EVERY_NS;
      long t2 = t1 + 50_000 + random.nextInt(100_000);
      long t3 = t2 + 10_000;
      long t4 = t3 + 50_000 + random.nextInt(400_000);
      long t1Raw = counter.rawNs(t1);
      long t4Raw = counter.rawNs(t4);
      long errorNs = ((t4Raw - t1Raw) - (t3 - t2)) / 2 + 100;
      rows.append(
          "s:123,%d,%d,%d,%d,accepted,%d,%d,%d,kernel%n"
              .formatted(t1, t2, t3, t4, t1Raw, t4Raw, errorNs));
      rows.append("s:123,%d,,,,timeout,,,,%n".formatted(t4));
    }
    return rows.toString();
  }
}

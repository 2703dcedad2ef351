package org.carillon.analysis.partial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.carillon.analysis.RecordedRun;

/**
 * A run with everything that can stand in one: lost, doubled, overtaken and foreign rows, cells
 * that are damaged or missing, clocks with and without bounds, NTP offsets that stand still and
 * jump, and counters with samples, so that there is hindsight.
 */
final class MixedRun {

  private static final long T = 1_795_000_000_000_000_003L;

  /** How far the nodes' counters are from true time. */
  private static final long COUNTER_NS = T - 5_000_000_000L;

  private static final String CLOCKS =
      "ntp_offset_ms,ntp_uncertainty_ms,ntp_timestamp_ns,ct_uncertainty_ms,ct_timestamp_ns,"
          + "ct_lower_bound_ns,ct_upper_bound_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,"
          + "bc_status,true_time_ns,raw_time_ns,raw_uncertainty_ns\n";

  private final RecordedRun run;
  private final Random random;
  private boolean counted;
  private long firstId;

  MixedRun(Path folder, Random random) {
    this.run = new RecordedRun(folder);
    this.random = random;
  }

  /** The same with other ids. */
  MixedRun from(long id) {
    firstId = id;
    return this;
  }

  /**
   * Writes it.
   *
   * @param trouble how many in 20 rows are late, twice or of no event
   * @param hindsight whether counters and samples are on record
   */
  void write(int events, int workers, int trouble, boolean hindsight) {
    counted = hindsight;
    List<Long> ids = new ArrayList<>();
    List<Long> sends = new ArrayList<>();
    StringBuilder sent =
        new StringBuilder(
            "event_id,sequence_number,send_time_ns,workers_failed,scheduled_time_ns,"
                + "transmit_time_ns,"
                + CLOCKS);
    long id = firstId + random.nextInt(5) - 2;
    for (int i = 0; i < events; i++) {
      id += random.nextInt(10) == 0 ? 3 : 1;
      long sendNs = T + i * 70_000_001L;
      ids.add(id);
      sends.add(sendNs);
      sent.append(
              "%d,%d,%d,%s,%s,%s,".formatted(id, i, sendNs, failed(), near(sendNs), near(sendNs)))
          .append(clocks(sendNs, i));
    }
    run.with("coordinator.csv", sent.toString());
    for (int worker = 0; worker < workers; worker++) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < events; i++) {
        if (random.nextInt(15) != 0) {
          add(rows, ids.get(i), sends.get(i), i, random.nextInt(20) < trouble);
        }
      }
      run.with(
          "worker_n" + worker + ".csv",
          "event_id,sequence_number,receive_time_ns,coordinator_send_time_ns,timestamp_source,"
              + CLOCKS
              + String.join("", rows));
      run.with("samples_n" + worker + ".csv", samples());
    }
    run.with("samples_coordinator.csv", samples());
    run.with(
        "commit_wait_n0.csv",
        RecordedRun.COMMIT_WAIT + "1,5,1000,\n2,5,1001,0.5\n3,1,900,\n99999999,5,1,\n");
  }

  private String failed() {
    return random.nextInt(9) == 0 ? "n0" : "";
  }

  private void add(List<String> rows, long id, long sendNs, int place, boolean troubled) {
    int which = troubled ? random.nextInt(4) : -1;
    long embeddedNs = which == 0 ? sendNs + 500_000_000 : sendNs;
    String row = row(which == 1 ? id + 1_000_000 : id, sendNs, embeddedNs, place);
    if (which == 2 && !rows.isEmpty()) {
      rows.add(Math.max(0, rows.size() - 1 - random.nextInt(5)), row);
    } else {
      rows.add(random.nextInt(40) < (troubled ? 1 : 0) ? row.replaceFirst(",", ",x") : row);
    }
    if (which == 3) {
      rows.add(row(id, sendNs, sendNs, place));
    }
  }

  private String row(long id, long sendNs, long embeddedNs, int place) {
    long receiveNs = sendNs + random.nextInt(400_000) - 50_000;
    return "%d,%d,%d,%d,%s,"
            .formatted(id, place, receiveNs, embeddedNs, random.nextInt(5) == 0 ? "user" : "kernel")
        + clocks(receiveNs, place);
  }

  private String clocks(long ns, int place) {
    String offset = "0.%03d".formatted(100 + place / 7 * (place % 50 == 0 ? 90 : 1));
    return String.join(
        ",",
        random.nextInt(12) == 0 ? "" : offset,
        random.nextInt(3) == 0 ? "" : "0.050",
        near(ns),
        random.nextInt(4) == 0 ? "" : "0.0" + random.nextInt(3),
        near(ns),
        near(ns - 100_000),
        near(ns + 100_000),
        near(ns),
        near(ns - 100_000),
        near(ns + 2_000_000L * random.nextInt(2)),
        random.nextInt(20) == 0 ? "holdover" : "synchronized",
        near(ns),
        counted && random.nextInt(10) != 0 ? Long.toString(ns - COUNTER_NS) : "",
        counted ? "200\n" : "\n");
  }

  private String near(long ns) {
    return random.nextInt(7) == 0 ? "" : Long.toString(ns + random.nextInt(300_000) - 150_000);
  }

  /** Of one server, one a second. */
  private String samples() {
    StringBuilder rows =
        new StringBuilder(
            "server,t1_ns,t2_ns,t3_ns,t4_ns,offset_ns,delay_ns,root_delay_ns,root_dispersion_ns,"
                + "verdict,t1_raw_ns,t4_raw_ns,error_ns\n");
    for (int i = 0; counted && i < 12; i++) {
      long t1 = T + i * 1_000_000_000L - 500_000_000L;
      long t2 = t1 + 100_000 + random.nextInt(50_000);
      long t4 = t2 + 110_000 + random.nextInt(50_000);
      rows.append(
          "s:123,%d,%d,%d,%d,%d,200000,0,0,accepted,%d,%d,150000\n"
              .formatted(t1, t2, t2 + 10_000, t4, 1_000, t1 - COUNTER_NS, t4 - COUNTER_NS));
    }
    return rows.toString();
  }
}

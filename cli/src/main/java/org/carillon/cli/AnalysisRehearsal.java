package org.carillon.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * An analysis of a run that is made up, for the training of the ahead-of-time cache: with every
 * clock that a worker records, so that every statement is asked and every figure drawn, and with so
 * many events that reading them becomes the one thing that is worth the second compiler.
 */
final class AnalysisRehearsal {

  private static final int EVENTS = 10_000;

  /** Of so many events, one does not arrive, and another one late. */
  private static final int RARE = 997;

  private static final long BEGIN_NS = 1_795_000_000_000_000_000L;

  /** The nodes' counters began some day. */
  private static final long COUNTER_NS = 1_794_000_000_000_000_000L;

  private static final long INTERVAL_NS = 1_000_000;

  private static final int SAMPLES = 40;

  private AnalysisRehearsal() {}

  /** Analyses the run twice, the second time with other windows, which takes some seconds. */
  static void perform(PrintWriter nowhere) throws IOException {
    Path run = Files.createTempDirectory("carillon-training");
    try {
      coordinator(run);
      for (String node : new String[] {"a", "b"}) {
        worker(run, node);
        samples(run, node);
      }
      samples(run, "coordinator");
      Executable.commandLine(new AnalyzeCommand()).setOut(nowhere).execute(run.toString());
      Executable.commandLine(new AnalyzeCommand())
          .setOut(nowhere)
          .execute(run.toString(), "--json", "--windows", "20ms");
    } finally {
      try (Stream<Path> files = Files.walk(run)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void coordinator(Path run) throws IOException {
    try (BufferedWriter file = Files.newBufferedWriter(run.resolve("coordinator.csv"))) {
      file.write(
          "event_id,sequence_number,send_time_ns,send_time_iso,ntp_offset_ms,ntp_timestamp_ns,"
              + "ct_offset_ms,ct_timestamp_ns,pattern_delay_ms,workers_sent,workers_failed,"
              + "scheduled_time_ns,ntp_uncertainty_ms,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,"
              + "bc_status,true_time_ns,raw_time_ns,raw_uncertainty_ns,lateness_ns,"
              + "transmit_time_ns\n");
      for (int i = 1; i <= EVENTS; i++) {
        long ns = sentNs(i);
        cells(file, i, i - 1, ns, "2026-11-18 11:06:40", "0.1", ns + 100_000, "", "", "1.0");
        cells(file, "\"a:9000,b:9000\"", "", ns - noise(i, 2_000), "0.05", ns + 99_000);
        cells(file, ns + 50_000 - noise(i, 4_000), ns + 150_000, "synchronized", "");
        row(file, ns - COUNTER_NS, 40 + noise(i, 20), noise(i, 2_000), "");
      }
    }
  }

  private static void worker(Path run, String node) throws IOException {
    try (BufferedWriter file = Files.newBufferedWriter(run.resolve("worker_" + node + ".csv"))) {
      file.write(
          "event_id,node_id,sequence_number,receive_time_ns,coordinator_send_time_ns,"
              + "ntp_offset_ms,ntp_uncertainty_ms,ntp_timestamp_ns,timestamp_source,"
              + "bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status,true_time_ns,raw_time_ns,"
              + "raw_uncertainty_ns\n");
      for (int i = 1; i <= EVENTS; i++) {
        if (i % RARE == 0) {
          continue;
        }
        long lateNs = i % RARE == 1 ? 3 * INTERVAL_NS : 0;
        long ns = sentNs(i) + 20_000 + noise(i + node.hashCode(), 200_000) + lateNs;
        cells(file, i, node, i - 1, ns, sentNs(i), "0.2", "0.05", ns + 200_000, "kernel");
        cells(file, ns + 99_000, ns + 50_000 - noise(i, 4_000), ns + 150_000, "synchronized");
        row(file, "", ns - COUNTER_NS, 40 + noise(i, 20));
      }
    }
  }

  private static void samples(Path run, String node) throws IOException {
    try (BufferedWriter file = Files.newBufferedWriter(run.resolve("samples_" + node + ".csv"))) {
      file.write("server,t1_ns,t2_ns,t3_ns,t4_ns,verdict,t1_raw_ns,t4_raw_ns,error_ns,t1_source\n");
      for (int i = 0; i < SAMPLES; i++) {
        long ns = BEGIN_NS + i * (EVENTS * INTERVAL_NS / SAMPLES);
        cells(file, "s:123", ns, ns + 100_000 + noise(i, 30_000), ns + 110_000 + noise(i, 30_000));
        cells(file, ns + 250_000, "accepted", ns - COUNTER_NS, ns + 250_000 - COUNTER_NS);
        row(file, 130_000, "kernel");
      }
    }
  }

  private static long sentNs(int event) {
    return BEGIN_NS + event * INTERVAL_NS;
  }

  /** A number below a limit that looks like chance, and is the same in every build. */
  private static long noise(int i, int limit) {
    return Math.floorMod(i * 2_654_435_761L >> 7, limit);
  }

  private static void cells(BufferedWriter file, Object... cells) throws IOException {
    for (Object cell : cells) {
      file.write(cell.toString());
      file.write(',');
    }
  }

  private static void row(BufferedWriter file, Object... cells) throws IOException {
    String separator = "";
    for (Object cell : cells) {
      file.write(separator);
      file.write(cell.toString());
      separator = ",";
    }
    file.write('\n');
  }
}

package org.carillon.analysis.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.hindsight.HindsightStage;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.statistics.Statistics;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;

/**
 * A run of random events on random clocks, with its figures, and what they should show as plain
 * lists.
 *
 * @param latencyNs by clock's key and worker, in the order of the events
 * @param widthNs of the bounded clock's intervals at arrival, by worker
 * @param sentSinceStartNs of each event
 */
record PlottedRun(
    Summary summary,
    Map<String, Figure> figures,
    Map<String, Map<String, List<Long>>> latencyNs,
    Map<String, List<Long>> widthNs,
    List<Long> sentSinceStartNs) {

  private static final long T = 1_795_000_000_000_000_003L;

  /**
   * Writes it, and draws it.
   *
   * @param offsetNs how far the workers' system clocks are off; each other worker as far behind
   */
  static PlottedRun of(Path folder, int workers, int events, long offsetNs, long seed) {
    Random random = new Random(seed);
    RecordedRun run = new RecordedRun(folder);
    List<Long> sent = new ArrayList<>();
    List<Long> since = new ArrayList<>();
    StringBuilder coordinator =
        new StringBuilder(
            "event_id,sequence_number,send_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns\n");
    long now = T;
    for (int i = 1; i <= events; i++) {
      sent.add(now);
      since.add(now - T);
      coordinator.append(
          "%d,%d,%d,%d,%d,%d\n".formatted(i, i - 1, now, now + 5, now - 40_000, now + 40_000));
      now += random.nextLong(1, 20_000_000);
    }
    run.with("coordinator.csv", coordinator.toString());
    Map<String, Map<String, List<Long>>> latency = new TreeMap<>();
    Map<String, List<Long>> widths = new TreeMap<>();
    for (int w = 0; w < workers; w++) {
      String name = "n" + w;
      StringBuilder worker =
          new StringBuilder(
              "event_id,receive_time_ns,coordinator_send_time_ns,bc_timestamp_ns,bc_earliest_ns,"
                  + "bc_latest_ns\n");
      for (int i = 1; i <= events; i++) {
        long sentNs = sent.get(i - 1);
        // Spread over several powers of ten, as queues do.
        long tookNs = (long) Math.exp(9 + 2.5 * random.nextGaussian());
        long systemNs = sentNs + tookNs + (w % 2 == 0 ? offsetNs : -offsetNs);
        long boundedNs = sentNs + tookNs + random.nextLong(-3_000, 3_000);
        long widthNs = 2 * (long) Math.exp(10 + random.nextGaussian());
        worker.append(
            "%d,%d,%d,%d,%d,%d\n"
                .formatted(
                    i,
                    systemNs,
                    sentNs,
                    boundedNs,
                    boundedNs - widthNs / 2,
                    boundedNs + widthNs / 2));
        add(latency, "system", name, systemNs - sentNs);
        add(latency, "bounded", name, boundedNs - (sentNs + 5));
        widths.computeIfAbsent(name, _ -> new ArrayList<>()).add(widthNs);
      }
      run.with("worker_" + name + ".csv", worker.toString());
    }
    try (Database database = Database.open(folder.resolve("spill"))) {
      List<InputFile> files =
          RunFolder.open(folder).read(List.of(), database.parquet(), database::sink);
      database.judge(files);
      Summary summary =
          Statistics.of(
              database,
              files,
              List.of(50_000_000L, 1_000_000L, 100_000L),
              false,
              HindsightStage.of(database));
      Map<String, Figure> figures = new TreeMap<>();
      Figures.of(summary, Traces.of(database), "a run")
          .forEach(figure -> figures.put(figure.name(), figure));
      return new PlottedRun(summary, figures, latency, widths, since);
    }
  }

  private static void add(
      Map<String, Map<String, List<Long>>> latency, String clock, String worker, long ns) {
    latency
        .computeIfAbsent(clock, _ -> new TreeMap<>())
        .computeIfAbsent(worker, _ -> new ArrayList<>())
        .add(ns);
  }

  /** The rows of a figure's CSV, by column. */
  List<Map<String, String>> csv(String figure) {
    String[] lines = figures.get(figure).points().csv().split("\n");
    String[] columns = lines[0].split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] cells = lines[i].split(",", -1);
      Map<String, String> row = new TreeMap<>();
      for (int c = 0; c < columns.length; c++) {
        row.put(columns[c], cells[c]);
      }
      rows.add(row);
    }
    return rows;
  }
}

package org.carillon.control.view;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.carillon.control.controller.RunOutcome;
import org.carillon.control.controller.WorkerResult;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.ExecResult;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.run.CommandResults;
import org.carillon.core.run.ResultsTable;
import org.carillon.core.time.Reading;

/**
 * The results of a run under control, from what its workers reported. The percentiles of all are
 * those of all latencies in one histogram: percentiles of several nodes cannot be averaged.
 */
public final class RunResults {

  private static final Map<String, Double> PERCENTILES =
      Map.of("p50_ns", 50.0, "p90_ns", 90.0, "p99_ns", 99.0, "p999_ns", 99.9);

  private RunResults() {}

  /**
   * Writes {@code results.tsv}, whole or not at all.
   *
   * @throws org.carillon.core.CarillonException USAGE if it cannot be written
   */
  public static void write(Path file, WorkloadSpec workload, RunOutcome outcome) {
    switch (workload) {
      case WorkloadSpec.EventStream _ ->
          ResultsTable.write(file, ResultsTable.COLUMNS, events(outcome));
      case WorkloadSpec.Exec _ ->
          ResultsTable.write(file, CommandResults.COLUMNS, commands(outcome));
    }
  }

  /** Of a run of commands; cells by column: a line for each worker, and one for all. */
  static List<Map<String, String>> commands(RunOutcome outcome) {
    return CommandResults.cells(
        outcome.workers().stream()
            .map(
                worker ->
                    new CommandResults.Line(
                        worker.node(),
                        worker.end().outcome(),
                        worker.start().stream().mapToLong(Reading::bestNs).findFirst(),
                        worker.exec().map(RunResults::end),
                        worker.reason()))
            .toList());
  }

  private static CommandResults.End end(ExecResult exec) {
    return new CommandResults.End(
        exec.exitCode(),
        exec.elapsedNs(),
        exec.standardOutputBytes(),
        exec.standardErrorBytes(),
        exec.timedOut());
  }

  /** Of a run of events; cells by column: a line for each worker, and one for all. */
  static List<Map<String, String>> events(RunOutcome outcome) {
    List<Map<String, String>> lines = new ArrayList<>();
    Counters counters = Counters.ZERO;
    LatencyHistogram latencies = LatencyHistogram.EMPTY;
    int completed = 0;
    for (WorkerResult worker : outcome.workers()) {
      lines.add(
          line(
              worker.node(),
              worker.end().outcome(),
              outcome.lastEventId(),
              worker.counters(),
              worker.latencies()));
      counters = counters.plus(worker.counters());
      latencies = latencies.plus(worker.latencies());
      completed += worker.completed() ? 1 : 0;
    }
    lines.add(
        line(
            ResultsTable.ALL,
            completed + "/" + outcome.workers().size() + " ok",
            outcome.lastEventId(),
            counters,
            latencies));
    return lines;
  }

  private static Map<String, String> line(
      String node,
      String outcome,
      OptionalLong sent,
      Counters counters,
      LatencyHistogram latencies) {
    Map<String, String> line = new HashMap<>();
    line.put("node", node);
    line.put("outcome", outcome);
    if (sent.isPresent()) {
      line.put("sent", Long.toString(sent.getAsLong()));
      line.put("received", Long.toString(counters.received()));
      line.put("lost", Long.toString(counters.missing()));
      line.put("duplicates", Long.toString(counters.duplicates()));
      line.put("out_of_order", Long.toString(counters.outOfOrder()));
      line.put("foreign", Long.toString(counters.foreign()));
    }
    line.put("latency_n", Long.toString(latencies.count()));
    if (latencies.count() > 0) {
      line.put("latency_clock", "bounded");
      PERCENTILES.forEach(
          (column, percentile) ->
              line.put(column, Long.toString(latencies.percentileNs(percentile))));
      line.put("max_ns", Long.toString(latencies.maxNs()));
    }
    return line;
  }
}

package org.carillon.control.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.ExecResult;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.event.RunId;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.Reading;

/** Writes {@code control.json}: how a run under control ended, worker by worker. */
public final class ControlFile {

  /** The file's name in a run directory. */
  public static final String NAME = "control.json";

  /** Changes when a reader of older files would misunderstand newer ones. */
  public static final int SCHEMA = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ControlFile() {}

  /**
   * Writes the file, whole or not at all.
   *
   * @param injectedFaults of the coordinator, as they were asked for; empty if none
   * @throws org.carillon.core.CarillonException USAGE if it cannot be written
   */
  public static void write(
      Path file, long runId, WorkloadSpec workload, String injectedFaults, RunOutcome outcome) {
    RunFiles.publish(file, text(runId, workload, injectedFaults, outcome));
  }

  static String text(long runId, WorkloadSpec workload, String injectedFaults, RunOutcome outcome) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("run_id", RunId.format(runId));
    root.put("workload", workload.kind());
    command(root, workload);
    root.put("exit_code", outcome.exitCode().code());
    root.put("outcome", outcome.sentence());
    root.put("injected_faults", injectedFaults);
    start(root, outcome);
    put(root, "last_event_id", outcome.lastEventId());
    outcome
        .sending()
        .ifPresentOrElse(
            sending -> write(sending, root.putObject("sending")), () -> root.putNull("sending"));
    ArrayNode workers = root.putArray("workers");
    Counters counters = Counters.ZERO;
    LatencyHistogram latencies = LatencyHistogram.EMPTY;
    for (WorkerResult worker : outcome.workers()) {
      write(worker, workers.addObject());
      counters = counters.plus(worker.counters());
      latencies = latencies.plus(worker.latencies());
    }
    ObjectNode all = root.putObject("all");
    write(counters, all.putObject("counters"));
    write(latencies, all.putObject("latency"));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree can always be written", e);
    }
  }

  private static void command(ObjectNode root, WorkloadSpec workload) {
    switch (workload) {
      case WorkloadSpec.EventStream _ -> root.putNull("command");
      case WorkloadSpec.Exec exec -> {
        ObjectNode command = root.putObject("command");
        exec.argv().forEach(command.putArray("argv")::add);
        command.put("timeout_ns", exec.timeout().toNanos());
      }
    }
  }

  private static void start(ObjectNode root, RunOutcome outcome) {
    if (outcome.startTrueTimeNs().isEmpty() || outcome.spread().isEmpty()) {
      root.putNull("start");
      return;
    }
    StartSpread spread = outcome.spread().get();
    ObjectNode start = root.putObject("start");
    start.put("true_time_ns", outcome.startTrueTimeNs().getAsLong());
    start.put("workers", spread.workers());
    start.put("spread_ns", spread.bestNs());
    start.put("spread_min_ns", spread.atLeastNs());
    start.put("spread_max_ns", spread.atMostNs());
    start.put("sentence", spread.sentence());
    put(start, "known_true_spread_ns", knownTrueSpreadNs(outcome));
  }

  /** Only if it is known of every worker that started. */
  private static OptionalLong knownTrueSpreadNs(RunOutcome outcome) {
    long[] known =
        outcome.workers().stream()
            .filter(worker -> worker.start().isPresent())
            .flatMapToLong(worker -> worker.startKnownTrueTimeNs().stream())
            .sorted()
            .toArray();
    return known.length == outcome.spread().orElseThrow().workers()
        ? OptionalLong.of(known[known.length - 1] - known[0])
        : OptionalLong.empty();
  }

  /** How the schedule was kept, with the keys that it has in {@code control.json}. */
  public static void write(SendingReport sending, ObjectNode node) {
    node.put("schedule", sending.schedule());
    put(node, "seed", sending.seed());
    write(sending.lateness(), node.putObject("lateness"));
    put(node, "max_lateness_ns", sending.maxLatenessNs());
    node.put("late_events", sending.lateEvents());
  }

  private static void write(WorkerResult worker, ObjectNode node) {
    node.put("node", worker.node());
    node.put("control", worker.control().toString());
    node.put("state", worker.end().text());
    node.put("reason", worker.reason());
    node.put("reconnects", worker.reconnects());
    node.put("clock_specification", worker.clockSpecification());
    node.put("injected_faults", worker.injectedFaults());
    worker
        .start()
        .ifPresentOrElse(
            start -> write(start, worker.startKnownTrueTimeNs(), node.putObject("start")),
            () -> node.putNull("start"));
    write(worker.counters(), node.putObject("counters"));
    write(worker.latencies(), node.putObject("latency"));
    node.putObject("latency_histogram")
        .put("not_negative", worker.latencies().notNegativeBytes())
        .put("negative", worker.latencies().negativeBytes());
    node.put("latency_reconciled", worker.latenciesReconciled().orElse(null));
    write(worker.clock(), node.putObject("clock"));
    worker
        .exec()
        .ifPresentOrElse(exec -> write(exec, node.putObject("exec")), () -> node.putNull("exec"));
  }

  private static void write(Reading start, OptionalLong knownTrueTimeNs, ObjectNode node) {
    node.put("earliest_ns", start.earliestNs());
    node.put("best_ns", start.bestNs());
    node.put("latest_ns", start.latestNs());
    put(node, "known_true_time_ns", knownTrueTimeNs);
  }

  private static void write(Counters counters, ObjectNode node) {
    node.put("received", counters.received());
    node.put("duplicates", counters.duplicates());
    node.put("undecided", counters.undecided());
    node.put("out_of_order", counters.outOfOrder());
    node.put("missing", counters.missing());
    node.put("highest_event_id", counters.highestEventId());
    node.put("foreign", counters.foreign());
    node.put("malformed", counters.malformed());
    node.put("rows_written", counters.rowsWritten());
    node.put("rows_lost", counters.rowsLost());
    node.put("receive_errors", counters.receiveErrors());
    put(node, "kernel_drops", counters.kernelDrops());
  }

  private static void write(LatencyHistogram latencies, ObjectNode node) {
    node.put("n", latencies.count());
    if (latencies.count() > 0) {
      node.put("min_ns", latencies.minNs());
      node.put("p50_ns", latencies.percentileNs(50));
      node.put("p90_ns", latencies.percentileNs(90));
      node.put("p99_ns", latencies.percentileNs(99));
      node.put("p999_ns", latencies.percentileNs(99.9));
      node.put("max_ns", latencies.maxNs());
    }
  }

  private static void write(ClockReport clock, ObjectNode node) {
    node.put("status", clock.status().text());
    node.put("offset_ns", clock.offset().map(offset -> offset.offsetNs()).orElse(null));
    node.put("bound_ns", clock.offset().map(offset -> offset.uncertaintyNs()).orElse(null));
    node.put("evidence", clock.evidence());
  }

  private static void write(ExecResult exec, ObjectNode node) {
    OptionalInt exitCode = exec.exitCode();
    if (exitCode.isPresent()) {
      node.put("exit_code", exitCode.getAsInt());
    } else {
      node.putNull("exit_code");
    }
    node.put("elapsed_ns", exec.elapsedNs());
    node.put("standard_output_bytes", exec.standardOutputBytes());
    node.put("standard_error_bytes", exec.standardErrorBytes());
    node.put("output_cut", exec.outputCut());
    node.put("timed_out", exec.timedOut());
  }

  private static void put(ObjectNode node, String name, OptionalLong value) {
    if (value.isPresent()) {
      node.put(name, value.getAsLong());
    } else {
      node.putNull(name);
    }
  }
}

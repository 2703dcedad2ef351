package org.carillon.analysis.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import org.carillon.analysis.control.ControlRecord.CommonStart;
import org.carillon.analysis.control.ControlRecord.ControlledWorker;
import org.carillon.analysis.control.ControlRecord.ExecEnd;
import org.carillon.analysis.control.ControlRecord.StartReading;
import org.carillon.analysis.statistics.Summary;

/**
 * A run with what its coordinator told of it.
 *
 * @param record what {@code control.json} tells
 * @param reconciliation whether that agrees with the rows
 */
public record ControlledRun(ControlRecord record, Reconciliation reconciliation) {

  /** Holds a record against what was computed from the rows. */
  public static ControlledRun of(ControlRecord record, Summary summary) {
    return new ControlledRun(record, Reconciliation.of(record, summary));
  }

  /** The answer in a few sentences; errors first, and marked as such. */
  public List<String> findings() {
    return ControlFindings.findings(record, reconciliation);
  }

  /** What to know first, most serious first. */
  public List<String> warnings() {
    return ControlFindings.warnings(record, reconciliation);
  }

  /** What broke, each in a few words. */
  public List<String> troubles() {
    return ControlFindings.troubles(record, reconciliation);
  }

  /** The key {@code control} of {@code summary.json}: docs/formats.md. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("workload", record.workload());
    record
        .command()
        .ifPresentOrElse(
            command -> command(json.putObject("command"), command), () -> json.putNull("command"));
    json.put("exit_code", record.exitCode());
    json.put("outcome", record.outcome());
    json.put("injected_faults", record.injectedFaults());
    record
        .start()
        .ifPresentOrElse(
            start -> start(json.putObject("start"), start), () -> json.putNull("start"));
    put(json, "last_event_id", record.lastEventId());
    ObjectNode workers = json.putObject("workers");
    record.workers().forEach(worker -> worker(workers.putObject(worker.node()), worker));
    reconciliation.errors().forEach(json.putArray("errors")::add);
    reconciliation.notes().forEach(json.putArray("notes")::add);
    return json;
  }

  private static void command(ObjectNode json, CommandLine command) {
    command.argv().forEach(json.putArray("argv")::add);
    json.put("timeout_ns", command.timeoutNs());
  }

  private static void start(ObjectNode json, CommonStart start) {
    json.put("true_time_ns", start.trueTimeNs());
    start
        .spread()
        .ifPresent(
            spread ->
                json.put("workers", spread.workers())
                    .put("spread_ns", spread.bestNs())
                    .put("spread_min_ns", spread.atLeastNs())
                    .put("spread_max_ns", spread.atMostNs()));
    put(json, "known_true_spread_ns", start.knownTrueSpreadNs());
    json.put("sentence", start.sentence());
  }

  private static void worker(ObjectNode json, ControlledWorker worker) {
    json.put("state", worker.end().text());
    json.put("reason", worker.reason());
    json.put("reconnects", worker.reconnects());
    json.put("clock_specification", worker.clockSpecification());
    json.put("injected_faults", worker.injectedFaults());
    worker
        .start()
        .ifPresentOrElse(
            reading -> reading(json.putObject("start"), reading), () -> json.putNull("start"));
    worker.exec().ifPresent(end -> exec(json.putObject("exec"), end));
  }

  private static void reading(ObjectNode json, StartReading reading) {
    json.put("earliest_ns", reading.earliestNs());
    json.put("best_ns", reading.bestNs());
    json.put("latest_ns", reading.latestNs());
    put(json, "known_true_time_ns", reading.knownTrueTimeNs());
  }

  private static void exec(ObjectNode json, ExecEnd end) {
    if (end.exitCode().isPresent()) {
      json.put("exit_code", end.exitCode().getAsInt());
    } else {
      json.putNull("exit_code");
    }
    json.put("elapsed_ns", end.elapsedNs());
    json.put("timed_out", end.timedOut());
  }

  private static void put(ObjectNode json, String key, OptionalLong value) {
    if (value.isPresent()) {
      json.put(key, value.getAsLong());
    } else {
      json.putNull(key);
    }
  }
}

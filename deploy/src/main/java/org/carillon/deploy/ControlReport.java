package org.carillon.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.CommandResults;
import org.carillon.core.run.Manifest;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.run.WorkerEnd;

/**
 * What the coordinator's control.json says of a run.
 *
 * @param exitCode of the coordinator
 * @param outcome one sentence
 * @param start the common start; empty if it was not reached
 * @param injectedFaults by process, for those that made any on purpose
 * @param workers by node
 * @param allLatency of all workers, merged: {@code n}, {@code p50_ns} and so on
 */
record ControlReport(
    ExitCode exitCode,
    String outcome,
    Optional<Manifest.Start> start,
    SequencedMap<String, String> injectedFaults,
    SequencedMap<String, Worker> workers,
    JsonNode allLatency) {

  /** Its name beside coordinator.csv. */
  static final String FILE = "control.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One worker.
   *
   * @param reason why it did not complete; may be empty
   * @param startBestNs its first moment in true time by its best estimate, ns since the Unix epoch;
   *     empty if it did not start
   * @param startAfterNs the same after the common start
   * @param command how its command ended; empty for other workloads
   */
  record Worker(
      WorkerEnd end,
      String reason,
      OptionalLong startBestNs,
      OptionalLong startAfterNs,
      Optional<CommandResults.End> command) {}

  /** How the run ended for a node; empty if the coordinator knew of no such worker. */
  Optional<WorkerEnd> end(String node) {
    return Optional.ofNullable(workers.get(node)).map(Worker::end);
  }

  static Path file(RunDirectory run) {
    return run.path().resolve(FILE);
  }

  /** Of a run whose files are home; empty if the coordinator left none. */
  static Optional<ControlReport> read(RunDirectory run) {
    Path file = file(run);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(JSON.readTree(file.toFile())));
    } catch (IOException | IllegalArgumentException e) {
      throw new CarillonException(
          ExitCode.INTERNAL, "cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  static ControlReport parse(JsonNode json) {
    int code = json.path("exit_code").asInt(-1);
    ExitCode exitCode =
        Arrays.stream(ExitCode.values())
            .filter(one -> one.code() == code)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("it has no exit_code that is known"));
    JsonNode start = json.path("start");
    SequencedMap<String, String> faults = new LinkedHashMap<>();
    note(faults, Names.COORDINATOR, json);
    SequencedMap<String, Worker> workers = new LinkedHashMap<>();
    for (JsonNode worker : json.path("workers")) {
      String node = worker.path("node").asText();
      note(faults, node, worker);
      workers.put(node, worker(worker, start));
    }
    return new ControlReport(
        exitCode,
        json.path("outcome").asText(),
        start.isObject() ? Optional.of(start(start)) : Optional.empty(),
        faults,
        workers,
        json.path("all").path("latency"));
  }

  private static void note(Map<String, String> faults, String name, JsonNode json) {
    String injected = json.path("injected_faults").asText();
    if (!injected.isEmpty()) {
      faults.put(name, injected);
    }
  }

  private static Manifest.Start start(JsonNode json) {
    return new Manifest.Start(
        json.path("true_time_ns").asLong(),
        json.path("workers").asInt(),
        json.path("spread_ns").asLong(),
        json.path("spread_min_ns").asLong(),
        json.path("spread_max_ns").asLong(),
        json.path("sentence").asText());
  }

  private static Worker worker(JsonNode json, JsonNode start) {
    JsonNode bestNs = json.path("start").path("best_ns");
    JsonNode exec = json.path("exec");
    JsonNode exitCode = exec.path("exit_code");
    return new Worker(
        WorkerEnd.of(json.path("state").asText())
            .orElseThrow(() -> new IllegalArgumentException("a worker has no state that is known")),
        json.path("reason").asText(),
        bestNs.isNumber() ? OptionalLong.of(bestNs.asLong()) : OptionalLong.empty(),
        bestNs.isNumber() && start.isObject()
            ? OptionalLong.of(bestNs.asLong() - start.path("true_time_ns").asLong())
            : OptionalLong.empty(),
        exec.isObject()
            ? Optional.of(
                new CommandResults.End(
                    exitCode.isNumber() ? OptionalInt.of(exitCode.asInt()) : OptionalInt.empty(),
                    exec.path("elapsed_ns").asLong(),
                    exec.path("standard_output_bytes").asLong(),
                    exec.path("standard_error_bytes").asLong(),
                    exec.path("timed_out").asBoolean()))
            : Optional.empty());
  }
}

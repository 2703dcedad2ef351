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
import org.carillon.core.run.Manifest;
import org.carillon.core.run.RunDirectory;

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

  /** How the reason of a worker begins that was told to end. */
  private static final String ABORTED = "it was aborted: ";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One worker.
   *
   * @param reason why it did not complete; may be empty
   * @param startAfterNs its first moment after the common start by best estimates; empty if it did
   *     not start
   * @param command how its command ended; empty for other workloads
   */
  record Worker(
      boolean completed, String reason, OptionalLong startAfterNs, Optional<Command> command) {}

  /**
   * How a command ended.
   *
   * @param exitCode empty if it could not be started
   */
  record Command(OptionalInt exitCode, long elapsedNs, boolean timedOut) {}

  /** Whether a worker ended only because the run was called off: then its reason is the run's. */
  boolean endedWithTheRun(String node) {
    return Optional.ofNullable(workers.get(node))
        .filter(worker -> worker.reason().startsWith(ABORTED))
        .filter(worker -> outcome.endsWith(worker.reason().substring(ABORTED.length())))
        .isPresent();
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
        json.path("completed").asBoolean(),
        json.path("reason").asText(),
        bestNs.isNumber() && start.isObject()
            ? OptionalLong.of(bestNs.asLong() - start.path("true_time_ns").asLong())
            : OptionalLong.empty(),
        exec.isObject()
            ? Optional.of(
                new Command(
                    exitCode.isNumber() ? OptionalInt.of(exitCode.asInt()) : OptionalInt.empty(),
                    exec.path("elapsed_ns").asLong(),
                    exec.path("timed_out").asBoolean()))
            : Optional.empty());
  }
}

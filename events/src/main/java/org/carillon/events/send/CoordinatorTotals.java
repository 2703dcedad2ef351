package org.carillon.events.send;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.control.controller.ControlFile;
import org.carillon.control.controller.SendingReport;
import org.carillon.core.ExitCode;
import org.carillon.core.event.RunId;
import org.carillon.core.run.RunFiles;

/**
 * What a coordinator did.
 *
 * @param events sent to at least one worker, or tried
 * @param failures per worker HOST:PORT, how many sends failed
 * @param aborted whether it was stopped before its last event
 * @param rowsWritten rows in the output file
 * @param rowsLost rows that are not in it although their events were sent
 * @param sending how the schedule was kept
 */
public record CoordinatorTotals(
    long events,
    Map<String, Long> failures,
    boolean aborted,
    long rowsWritten,
    long rowsLost,
    SendingReport sending) {

  private static final JsonMapper MAPPER = new JsonMapper();

  public CoordinatorTotals {
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /** Sends to single workers that failed. */
  public long failedSends() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** As one line of JSON; docs/formats.md has its keys. */
  String toJson(long runId, String injectedFaults) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("run_id", RunId.format(runId))
        .put("events", events)
        .put("aborted", aborted)
        .put("failed_sends", failedSends());
    ObjectNode byWorker = json.putObject("failed_sends_by_worker");
    failures.forEach(byWorker::put);
    json.put("rows_written", rowsWritten)
        .put("rows_lost", rowsLost)
        .put("injected_faults", injectedFaults);
    ControlFile.write(sending, json.putObject("sending"));
    return json.toString();
  }

  /**
   * Writes them as JSON into a file that appears whole.
   *
   * @param injectedFaults as they were asked for; empty if none
   */
  void publish(Path file, long runId, String injectedFaults) {
    RunFiles.publish(file, toJson(runId, injectedFaults) + "\n");
  }

  /** What a process that did this ends with. */
  public ExitCode exitCode() {
    if (aborted) {
      return ExitCode.ABORTED;
    }
    if (events == 0) {
      return ExitCode.NO_DATA;
    }
    if (failures.values().stream().allMatch(count -> count >= events)) {
      return ExitCode.ALL_FAILED;
    }
    return failedSends() > 0 || rowsLost > 0 || sending.lateEvents() > 0
        ? ExitCode.SOME_FAILED
        : ExitCode.SUCCESS;
  }
}

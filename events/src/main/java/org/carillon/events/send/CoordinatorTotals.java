package org.carillon.events.send;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.control.controller.SendingReport;
import org.carillon.core.ExitCode;

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

  public CoordinatorTotals {
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /** Sends to single workers that failed. */
  public long failedSends() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
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

package org.carillon.control.controller;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.ExitCode;
import org.carillon.core.time.Reading;

/**
 * How a run ended.
 *
 * @param exitCode all succeeded 0, all failed 1, some failed 2, aborted 3, no connection 4,
 *     configuration 5, timeout 6, clocks not good enough 8
 * @param sentence what happened, for people
 * @param startTrueTimeNs the common start; empty if it was not reached
 * @param spread of the workers' first moments; empty if none started
 * @param lastEventId the last event sent; empty if the workload sends none, or it did not begin
 * @param workers in the order in which they were named
 * @param sending how the coordinator kept to its schedule; empty if it sent nothing
 */
public record RunOutcome(
    ExitCode exitCode,
    String sentence,
    OptionalLong startTrueTimeNs,
    Optional<StartSpread> spread,
    OptionalLong lastEventId,
    List<WorkerResult> workers,
    Optional<SendingReport> sending) {
  public RunOutcome {
    workers = List.copyOf(workers);
  }

  /** Of a coordinator that has told nothing of a schedule. */
  public RunOutcome(
      ExitCode exitCode,
      String sentence,
      OptionalLong startTrueTimeNs,
      Optional<StartSpread> spread,
      OptionalLong lastEventId,
      List<WorkerResult> workers) {
    this(exitCode, sentence, startTrueTimeNs, spread, lastEventId, workers, Optional.empty());
  }

  /** The same with what the coordinator tells of its sending; late events spoil a success. */
  public RunOutcome with(SendingReport sending) {
    Optional<String> complaint = sending.complaint();
    return new RunOutcome(
        exitCode == ExitCode.SUCCESS && complaint.isPresent() ? ExitCode.SOME_FAILED : exitCode,
        sentence + complaint.map(it -> "; " + it).orElse(""),
        startTrueTimeNs,
        spread,
        lastEventId,
        workers,
        Optional.of(sending));
  }

  static RunOutcome of(
      Verdict verdict,
      OptionalLong startTrueTimeNs,
      OptionalLong lastEventId,
      List<WorkerResult> workers) {
    List<Reading> starts = workers.stream().flatMap(it -> it.start().stream()).toList();
    return new RunOutcome(
        verdict.exitCode(),
        verdict.sentence(),
        startTrueTimeNs,
        starts.isEmpty() ? Optional.empty() : Optional.of(StartSpread.of(starts)),
        lastEventId,
        workers);
  }
}

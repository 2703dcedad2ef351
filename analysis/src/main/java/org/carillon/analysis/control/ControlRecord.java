package org.carillon.analysis.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.run.WorkerEnd;

/**
 * What {@code control.json} tells.
 *
 * @param workload {@code events} or {@code exec}
 * @param command that ran; empty of events, or if it is not legible
 * @param exitCode of the coordinator
 * @param outcome how the run ended, as a sentence
 * @param injectedFaults by the coordinator, as it was asked for; empty if none
 * @param start empty if the common start was not reached
 * @param lastEventId that the coordinator announced; empty if it announced none
 * @param workers in the order of the file, each node once
 * @param all sums of the workers' counters as the coordinator made them
 */
public record ControlRecord(
    String workload,
    Optional<CommandLine> command,
    int exitCode,
    String outcome,
    String injectedFaults,
    Optional<CommonStart> start,
    OptionalLong lastEventId,
    List<ControlledWorker> workers,
    Optional<Counts> all) {

  /** The workload that runs a command and receives no events. */
  public static final String EXEC = "exec";

  public ControlRecord {
    workers = List.copyOf(workers);
  }

  /** Whether a command ran, and no events were sent. */
  public boolean isOfCommands() {
    return workload.equals(EXEC);
  }

  /** The workers that began and did not complete. */
  public Set<String> endedEarly() {
    return workers.stream()
        .filter(worker -> !worker.completed() && worker.start().isPresent())
        .map(ControlledWorker::node)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The agreed instant and how closely it was met.
   *
   * @param trueTimeNs the instant in true time
   * @param spread as the coordinator computed it; empty if no worker started
   * @param sentence the same in words
   * @param knownTrueSpreadNs between the first and the last worker in true time; known only where
   *     all clocks are simulated
   */
  public record CommonStart(
      long trueTimeNs, Optional<Spread> spread, String sentence, OptionalLong knownTrueSpreadNs) {}

  /**
   * How a run ended for one worker.
   *
   * @param node its name, or its address if that never became known
   * @param reason why it did not complete; empty if it did
   * @param reconnects how often its control stream was lost and taken up again
   * @param clockSpecification of its clock, such as {@code system}; may be empty
   * @param injectedFaults as it was asked for; empty if none
   * @param start the reading at its first moment; empty if it did not start
   * @param counters the last that it reported; empty if they are not legible
   * @param latencyReconciled whether the intervals' latencies add up to those of the whole run
   * @param exec how its command ended
   */
  public record ControlledWorker(
      String node,
      WorkerEnd end,
      String reason,
      int reconnects,
      String clockSpecification,
      String injectedFaults,
      Optional<StartReading> start,
      Optional<Counts> counters,
      Optional<Boolean> latencyReconciled,
      Optional<ExecEnd> exec) {

    /** Whether it came to its end in good order. */
    public boolean completed() {
      return end == WorkerEnd.COMPLETED;
    }
  }

  /**
   * When a worker began: true time lies in [earliest, latest] if its bounds hold.
   *
   * @param knownTrueTimeNs the moment in true time, where a simulated clock knows it
   */
  public record StartReading(
      long earliestNs, long bestNs, long latestNs, OptionalLong knownTrueTimeNs) {
    public StartReading {
      if (earliestNs > bestNs || bestNs > latestNs) {
        throw new IllegalArgumentException(
            "[" + earliestNs + ", " + latestNs + "] with " + bestNs + " is no interval");
      }
    }
  }

  /** The counters of a worker; docs/formats.md explains each under "Totals of a worker". */
  public record Counts(
      long received,
      long duplicates,
      long undecided,
      long outOfOrder,
      long missing,
      long highestEventId,
      long foreign,
      long malformed,
      long rowsWritten,
      long rowsLost,
      long receiveErrors) {}

  /**
   * How a command ended.
   *
   * @param exitCode empty if it could not be started or did not end
   */
  public record ExecEnd(
      OptionalInt exitCode,
      long elapsedNs,
      long standardOutputBytes,
      long standardErrorBytes,
      boolean outputCut,
      boolean timedOut) {}
}

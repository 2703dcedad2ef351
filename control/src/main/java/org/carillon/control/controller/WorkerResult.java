package org.carillon.control.controller;

import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.ExecResult;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.WorkerEnd;
import org.carillon.core.time.Reading;

/**
 * How a run ended for one worker.
 *
 * @param node its name, or its address if that never became known
 * @param control address of its control stream
 * @param reason why it did not complete, as a sentence; empty if it did
 * @param start the reading at its first moment; empty if it did not start
 * @param startKnownTrueTimeNs that moment in true time, where a simulated clock knows it
 * @param counters the last that were reported
 * @param latencies of all intervals, merged
 * @param latenciesReconciled whether their sum is the histogram of the whole run that the worker
 *     sent at its end; empty if it sent none
 * @param clock the last that was reported
 * @param reconnects how often its stream was lost and taken up again
 * @param exec how its command ended
 * @param clockSpecification of its clock, such as {@code system}; empty if it never got ready
 * @param injectedFaults as the worker told them; empty if none
 */
public record WorkerResult(
    String node,
    HostPort control,
    WorkerEnd end,
    String reason,
    Optional<Reading> start,
    OptionalLong startKnownTrueTimeNs,
    Counters counters,
    LatencyHistogram latencies,
    Optional<Boolean> latenciesReconciled,
    ClockReport clock,
    int reconnects,
    Optional<ExecResult> exec,
    String clockSpecification,
    String injectedFaults) {

  /** Whether it came to its end in good order. */
  public boolean completed() {
    return end == WorkerEnd.COMPLETED;
  }
}

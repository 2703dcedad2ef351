package org.carillon.control.controller;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.ExecResult;
import org.carillon.core.time.Reading;

/** What a worker tells of itself: its numbered messages, checked. */
sealed interface WorkerStatus {

  /** Prepared and warmed up. */
  record Ready(
      String node,
      ClockReport clock,
      OptionalInt udpPort,
      String clockSpecification,
      String injectedFaults)
      implements WorkerStatus {}

  /** How it goes. */
  record Running(Progress progress) implements WorkerStatus {}

  /** The last status: nothing comes after it. */
  sealed interface Final extends WorkerStatus {

    /** Empty if the workload had not started. */
    Optional<Progress> progress();

    /** Latencies of the whole run, as a check. */
    Optional<LatencyHistogram> latencyTotal();

    Optional<ExecResult> exec();
  }

  /** All done. */
  record Completed(
      Optional<Progress> progress,
      Optional<LatencyHistogram> latencyTotal,
      Optional<ExecResult> exec)
      implements Final {}

  /**
   * It cannot go on.
   *
   * @param path what is wrong where, such as {@code config.exec.argv}
   */
  record Error(
      String path,
      String reason,
      Optional<Progress> progress,
      Optional<LatencyHistogram> latencyTotal,
      Optional<ExecResult> exec)
      implements Final {}

  /** Ended before its time. */
  record Aborted(
      String reason,
      Optional<Progress> progress,
      Optional<LatencyHistogram> latencyTotal,
      Optional<ExecResult> exec)
      implements Final {}

  /**
   * What was done so far.
   *
   * @param start the reading at the first moment
   * @param startKnownTrueTimeNs that moment in true time, where a simulated clock knows it
   * @param counters since the beginning
   * @param latencies of this interval
   */
  record Progress(
      Optional<Reading> start,
      OptionalLong startKnownTrueTimeNs,
      Counters counters,
      double rateHz,
      LatencyHistogram latencies,
      ClockReport clock,
      CpuShares cpu) {}
}

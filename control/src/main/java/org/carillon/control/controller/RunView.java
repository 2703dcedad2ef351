package org.carillon.control.controller;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;

/**
 * The run at one moment, for those who show it.
 *
 * @param phase where the run is
 * @param waitingFor who or what it waits for and for how long yet, as a sentence; may be empty
 * @param elapsed since the common start; zero before
 * @param workers in the order in which they were named
 */
public record RunView(Phase phase, String waitingFor, Duration elapsed, List<WorkerView> workers) {

  /** The phases of a run. */
  public enum Phase {
    CONNECTING,
    PREPARING,
    CLOCK_GATE,
    STARTING,
    RUNNING,
    FINISHING,
    ENDED
  }

  public RunView {
    workers = List.copyOf(workers);
  }

  /**
   * One worker.
   *
   * @param name of its node, or its address while that is not known
   * @param state as the controller sees it, such as {@code running}
   * @param trouble why it is not well, as a sentence; empty if it is
   * @param counters the last that were reported
   * @param rateHz events per second in the last interval
   * @param latencies of the last interval; of the whole run once the worker has ended
   * @param clock as last reported
   * @param cpu as last reported
   */
  public record WorkerView(
      String name,
      String state,
      Optional<String> trouble,
      Counters counters,
      double rateHz,
      LatencyHistogram latencies,
      ClockReport clock,
      CpuShares cpu) {}
}

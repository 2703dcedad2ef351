package org.carillon.control.workload;

import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.core.ExitCode;
import org.carillon.core.time.Reading;

/**
 * One run of what a worker can do. The agent calls {@link #prepare}, then {@link #start} at the
 * common start, {@link #snapshot} again and again, and in the end exactly one of {@link #finish}
 * and {@link #abort}, from whatever state; each once. {@link #lastEvent} and {@link #senderClock}
 * may come at any time after {@link #prepare}.
 */
public interface Workload {

  /**
   * Opens all that the start must not wait for. May block, and is interrupted if the run is called
   * off.
   *
   * @throws org.carillon.core.CarillonException if it cannot be done, with a sentence for the user
   */
  Prepared prepare() throws InterruptedException;

  /**
   * Begins. Returns at once.
   *
   * @param first the reading at this very moment
   * @param finished to be run once, by any thread, when nothing is left to do; not for a workload
   *     that was ended by {@link #finish} or {@link #abort}
   */
  void start(Reading first, Runnable finished);

  /** No event after this one will be sent; 0 if none was. Only an event stream listens. */
  default void lastEvent(long eventId) {}

  /** What is known of the sender's clock from now on. Only an event stream listens. */
  default void senderClock(SenderClock clock) {}

  /** What was done so far; cheap, for any thread, and also allowed after the end. */
  Snapshot snapshot();

  /** Ends in good order: when it returns, everything is written and closed. */
  Ending finish();

  /**
   * Ends before its time; otherwise as {@link #finish}, and within 3 s if the machine is not too
   * busy.
   */
  Ending abort(String reason);

  /**
   * What is ready.
   *
   * @param udpPort where events are awaited, 1–65535; empty for a workload without a socket
   */
  record Prepared(OptionalInt udpPort) {}

  /**
   * What was done so far.
   *
   * @param counters since the beginning
   * @param latencies since the snapshot before: taking a snapshot begins a new interval
   */
  record Snapshot(Counters counters, LatencyHistogram latencies) {}

  /**
   * How it ended.
   *
   * @param exitCode of the worker's process: success, or some failed if rows were lost or a command
   *     failed
   * @param fault one sentence if the workload failed; empty if all went well
   * @param latencyTotal of the whole run
   * @param exec of a command; empty for other workloads
   */
  record Ending(
      ExitCode exitCode,
      Optional<String> fault,
      LatencyHistogram latencyTotal,
      Optional<ExecResult> exec) {}
}

package org.carillon.control.agent;

import java.util.Optional;
import org.carillon.control.workload.Workload;

/** The states of a worker; deadlines are monotonic times in ns. */
sealed interface AgentState {

  /** Nobody has come yet. Without a deadline: a worker may be started long before its run. */
  record Waiting() implements AgentState {}

  /** A stream was opened; a configuration must come. */
  record Idle(long deadlineNs) implements AgentState {}

  /** Prepares, and warms its clock up. */
  record Configured(
      RunConfig config, long warmUntilNs, long deadlineNs, Optional<Workload.Prepared> prepared)
      implements AgentState {}

  /** Waits for the start's time. */
  record Ready(RunConfig config, long deadlineNs) implements AgentState {}

  /** Knows the start's time and waits for that moment. Others see READY. */
  record Starting(RunConfig config, long deadlineNs) implements AgentState {}

  /** Has begun. */
  record Running(RunConfig config, long deadlineNs, long nextStatusNs) implements AgentState {}

  /** The workload closes its files; then comes the verdict. Others see the final state. */
  record Closing(Verdict verdict, long deadlineNs) implements AgentState {}

  /**
   * COMPLETED, ERROR or ABORTED: the final status is out, and repeated until it is acknowledged.
   *
   * @param statusSequence of the final status
   */
  record Final(
      Verdict verdict, long statusSequence, boolean acknowledged, long nextSendNs, long deadlineNs)
      implements AgentState {}

  /** The process may end. */
  record Ended(AgentOutcome outcome) implements AgentState {}
}

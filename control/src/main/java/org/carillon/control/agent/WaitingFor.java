package org.carillon.control.agent;

/** What a worker waits for, in words. */
final class WaitingFor {

  private static final long SECOND_NS = 1_000_000_000L;

  private WaitingFor() {}

  static String text(AgentState state, long nowNs) {
    return switch (state) {
      case AgentState.Waiting _, AgentState.Idle _ -> "the configuration";
      case AgentState.Configured configured ->
          nowNs < configured.warmUntilNs()
              ? "the clock's warm-up, " + secondsLeft(configured.warmUntilNs(), nowNs)
              : "the workload's preparation";
      case AgentState.Ready _ -> "the start's time";
      case AgentState.Starting starting ->
          "the start, "
              + secondsLeft(starting.deadlineNs() - AgentMachine.STARTING.toNanos(), nowNs);
      case AgentState.Running _ -> "";
      case AgentState.Closing _ -> "the workload's files to be closed";
      case AgentState.Final _ -> "a goodbye";
      case AgentState.Ended _ -> "";
    };
  }

  private static String secondsLeft(long untilNs, long nowNs) {
    return Math.max(0, Math.ceilDiv(untilNs - nowNs, SECOND_NS)) + " s left";
  }
}

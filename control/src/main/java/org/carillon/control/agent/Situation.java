package org.carillon.control.agent;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that an agent's next step depends on.
 *
 * @param bornNs when the agent was opened, monotonic; the clock has been measured since
 * @param link to the coordinator
 * @param runId of the run; empty until a coordinator has named it
 * @param commandSequence of the last command of the run
 * @param statusSequence of the last status of the run
 * @param grace how long to go on without a stream
 */
record Situation(
    AgentState state,
    long bornNs,
    Link link,
    OptionalLong runId,
    long commandSequence,
    long statusSequence,
    Duration grace) {

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(60);

  /** Of an agent that was opened just now. */
  static Situation initial(long nowNs) {
    return new Situation(
        new AgentState.Waiting(),
        nowNs,
        new Link.None(),
        OptionalLong.empty(),
        0,
        0,
        DEFAULT_GRACE);
  }

  Situation with(AgentState next) {
    return new Situation(next, bornNs, link, runId, commandSequence, statusSequence, grace);
  }

  Situation with(Link next) {
    return new Situation(state, bornNs, next, runId, commandSequence, statusSequence, grace);
  }

  Situation with(Duration newGrace) {
    return new Situation(state, bornNs, link, runId, commandSequence, statusSequence, newGrace);
  }

  /** After a numbered command of a run. */
  Situation after(AgentEvent.Origin origin) {
    return new Situation(
        state,
        bornNs,
        link,
        OptionalLong.of(origin.runId()),
        origin.sequence(),
        statusSequence,
        grace);
  }

  /** After one more status. */
  Situation afterStatus() {
    return new Situation(state, bornNs, link, runId, commandSequence, statusSequence + 1, grace);
  }

  boolean has(long stream) {
    return link instanceof Link.Open(long open) && open == stream;
  }

  boolean isOf(long otherRunId) {
    return runId.isPresent() && runId.getAsLong() == otherRunId;
  }

  /** A step that leads here. */
  Step step(AgentAction... actions) {
    return new Step(this, List.of(actions));
  }

  /** Where a step leads, and what it wants done, in this order. */
  record Step(Situation next, List<AgentAction> actions) {
    Step {
      actions = List.copyOf(actions);
    }
  }
}

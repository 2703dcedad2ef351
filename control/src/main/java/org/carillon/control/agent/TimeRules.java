package org.carillon.control.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.carillon.control.agent.AgentAction.DropStream;
import org.carillon.control.agent.AgentAction.Finish;
import org.carillon.control.agent.AgentAction.SendAgain;
import org.carillon.control.agent.AgentAction.SendRunning;
import org.carillon.control.agent.AgentState.Closing;
import org.carillon.control.agent.AgentState.Configured;
import org.carillon.control.agent.AgentState.Ended;
import org.carillon.control.agent.AgentState.Final;
import org.carillon.control.agent.AgentState.Idle;
import org.carillon.control.agent.AgentState.Ready;
import org.carillon.control.agent.AgentState.Running;
import org.carillon.control.agent.AgentState.Starting;
import org.carillon.control.agent.AgentState.Waiting;
import org.carillon.control.agent.Situation.Step;
import org.carillon.core.ExitCode;
import org.carillon.core.time.DurationText;

/**
 * What the machine does when time passes, and when that is due next: the deadlines of the states,
 * the statuses that are sent again and again, and the grace of a lost stream.
 */
final class TimeRules {

  /**
   * From the start to the first status: soon, so that whoever dies after it has told when it
   * started; not at once, for its making would keep other workers of this machine from their start.
   */
  static final Duration FIRST_STATUS = Duration.ofMillis(50);

  private TimeRules() {}

  /** When {@code TimePassed} is due next, monotonic; empty if nothing is. */
  static OptionalLong nextDeadlineNs(Situation situation) {
    OptionalLong ofState =
        switch (situation.state()) {
          case Waiting _, Ended _ -> OptionalLong.empty();
          case Idle idle -> OptionalLong.of(idle.deadlineNs());
          case Configured configured ->
              OptionalLong.of(
                  configured.prepared().isPresent()
                      ? Math.min(configured.warmUntilNs(), configured.deadlineNs())
                      : configured.deadlineNs());
          case Ready ready -> OptionalLong.of(ready.deadlineNs());
          case Starting starting -> OptionalLong.of(starting.deadlineNs());
          case Running running ->
              OptionalLong.of(Math.min(running.deadlineNs(), running.nextStatusNs()));
          case Closing closing -> OptionalLong.of(closing.deadlineNs());
          case Final end ->
              isLost(situation)
                  ? OptionalLong.empty()
                  : OptionalLong.of(Math.min(end.deadlineNs(), end.nextSendNs()));
        };
    OptionalLong ofGrace = graceEndNs(situation);
    return ofState.isPresent() && ofGrace.isPresent()
        ? OptionalLong.of(Math.min(ofState.getAsLong(), ofGrace.getAsLong()))
        : ofState.isPresent() ? ofState : ofGrace;
  }

  /** Empty also while the workload closes its files: that has a deadline of its own. */
  private static OptionalLong graceEndNs(Situation situation) {
    return situation.link() instanceof Link.Lost(long sinceNs)
            && !(situation.state() instanceof Closing || situation.state() instanceof Ended)
        ? OptionalLong.of(sinceNs + situation.grace().toNanos())
        : OptionalLong.empty();
  }

  private static boolean isLost(Situation situation) {
    return situation.link() instanceof Link.Lost;
  }

  /** What follows from the time that it is, monotonic. */
  static Step timePassed(Situation was, long nowNs) {
    OptionalLong graceEndNs = graceEndNs(was);
    if (graceEndNs.isPresent() && nowNs >= graceEndNs.getAsLong()) {
      return graceOver(was, nowNs);
    }
    return switch (was.state()) {
      case Waiting _, Ended _ -> was.step();
      case Idle idle ->
          nowNs < idle.deadlineNs()
              ? was.step()
              : timeout(
                  was, "state.idle", "no configuration came within ", AgentMachine.IDLE, nowNs);
      case Configured state ->
          nowNs < state.deadlineNs()
              ? AgentMachine.readyIfWarm(was, state, nowNs)
              : timeout(
                  was,
                  "state.config_received",
                  "the preparation was not done within the warm-up and ",
                  AgentMachine.PREPARATION,
                  nowNs);
      case Ready ready ->
          nowNs < ready.deadlineNs()
              ? was.step()
              : timeout(
                  was,
                  "state.ready",
                  "neither a start nor a ping came for ",
                  AgentMachine.READY,
                  nowNs);
      case Starting starting ->
          nowNs < starting.deadlineNs()
              ? was.step()
              : timeout(
                  was,
                  "state.ready",
                  "the start's moment is gone since ",
                  AgentMachine.STARTING,
                  nowNs);
      case Running running -> running(was, running, nowNs);
      case Closing closing -> nowNs < closing.deadlineNs() ? was.step() : notClosed(was, nowNs);
      case Final end -> isLost(was) ? was.step() : repeat(was, end, nowNs);
    };
  }

  private static Step timeout(Situation was, String path, String what, Duration after, long nowNs) {
    return AgentMachine.fail(was, path, what + DurationText.format(after), ExitCode.TIMEOUT, nowNs);
  }

  private static Step running(Situation was, Running running, long nowNs) {
    if (nowNs >= running.deadlineNs()) {
      return timeout(
          was,
          "config.run_deadline_duration_ns",
          "the run was not over after ",
          running.config().runDeadline(),
          nowNs);
    }
    if (nowNs < running.nextStatusNs()) {
      return was.step();
    }
    // One status, however many are due: the process may have been stopped for a while.
    long intervalNs = running.config().statusInterval().toNanos();
    long nextNs = nowNs + intervalNs - (nowNs - running.nextStatusNs()) % intervalNs;
    Situation next =
        was.afterStatus().with(new Running(running.config(), running.deadlineNs(), nextNs));
    return next.step(new SendRunning(next.statusSequence()));
  }

  private static Step notClosed(Situation was, long nowNs) {
    return AgentMachine.fail(
        was,
        "workload",
        "it has not closed its files in time; what it wrote may end with a broken line",
        ExitCode.TIMEOUT,
        nowNs);
  }

  private static Step repeat(Situation was, Final end, long nowNs) {
    if (nowNs >= end.deadlineNs()) {
      // Without an answer the link may be cut and nobody has noticed yet: the grace time runs.
      return end.acknowledged() ? AgentMachine.end(was, end.verdict()) : drop(was, nowNs);
    }
    if (nowNs < end.nextSendNs()) {
      return was.step();
    }
    Situation next =
        was.with(
            new Final(
                end.verdict(),
                end.statusSequence(),
                end.acknowledged(),
                nowNs + AgentMachine.REPEAT.toNanos(),
                end.deadlineNs()));
    return end.acknowledged() ? next.step() : next.step(new SendAgain(0));
  }

  private static Step drop(Situation was, long nowNs) {
    List<AgentAction> actions = new ArrayList<>();
    if (was.link() instanceof Link.Open(long stream)) {
      actions.add(new DropStream(stream));
    }
    return new Step(was.with(new Link.Lost(nowNs)), actions);
  }

  private static Step graceOver(Situation was, long nowNs) {
    String reason =
        "the coordinator was lost and did not come back within " + DurationText.format(was.grace());
    Verdict lost = new Verdict.Aborted(reason, ExitCode.CONNECTION);
    return switch (was.state()) {
      case Configured _, Ready _, Starting _ -> AgentMachine.callOff(was, lost, reason, nowNs);
      case Running _ ->
          was.with(new Closing(lost, nowNs + AgentMachine.FINISHING.toNanos())).step(new Finish());
      case Final end ->
          AgentMachine.end(
              was, end.acknowledged() || was.grace().isZero() ? end.verdict() : unheard(end));
      case Waiting _, Idle _ -> AgentMachine.end(was, lost);
      case Closing _, Ended _ -> was.step();
    };
  }

  /** The verdict stands, but nobody heard of it. */
  private static Verdict unheard(Final end) {
    return switch (end.verdict()) {
      case Verdict.Completed _ ->
          new Verdict.Aborted(
              "it is completed, but the coordinator was lost and never heard of it",
              ExitCode.CONNECTION);
      case Verdict.Failed failed -> failed;
      case Verdict.Aborted aborted -> aborted;
    };
  }
}

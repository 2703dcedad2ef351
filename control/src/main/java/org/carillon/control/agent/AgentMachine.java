package org.carillon.control.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.agent.AgentAction.CallOff;
import org.carillon.control.agent.AgentAction.DropStream;
import org.carillon.control.agent.AgentAction.Finish;
import org.carillon.control.agent.AgentAction.SendAgain;
import org.carillon.control.agent.AgentAction.SendFinal;
import org.carillon.control.agent.AgentAction.SendReady;
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
import org.carillon.control.workload.Workload;
import org.carillon.core.ExitCode;
import org.carillon.core.time.DurationText;

/**
 * The worker's table of states and events, with its deadlines: a pure function. Commands stand in
 * {@link CommandRules}, what happens on this node here.
 */
final class AgentMachine {

  static final Duration IDLE = Duration.ofSeconds(30);

  /** Beyond the warm-up. */
  static final Duration PREPARATION = Duration.ofSeconds(30);

  static final Duration READY = Duration.ofSeconds(60);

  /** Beyond the start's time. */
  static final Duration STARTING = Duration.ofSeconds(30);

  /** For writing and closing everything after a run that went to its end. */
  static final Duration FINISHING = Duration.ofSeconds(30);

  /** An abort has to be answered within 5 s. */
  static final Duration CALLING_OFF = Duration.ofSeconds(4);

  static final Duration FINAL = Duration.ofSeconds(10);
  static final Duration REPEAT = Duration.ofSeconds(1);

  private AgentMachine() {}

  /** Where an event at a monotonic time leads. */
  static Step step(Situation was, AgentEvent event, long nowNs) {
    return switch (event) {
      case AgentEvent.Command command -> CommandRules.step(was, command, nowNs);
      case AgentEvent.StreamOpened opened -> streamOpened(was, opened.stream(), nowNs);
      case AgentEvent.StreamLost lost ->
          was.has(lost.stream()) ? was.with(new Link.Lost(nowNs)).step() : was.step();
      case AgentEvent.Prepared prepared -> prepared(was, prepared.prepared(), nowNs);
      case AgentEvent.Started _ -> started(was, nowNs);
      case AgentEvent.Finished _ -> finished(was, nowNs);
      case AgentEvent.Failed failed ->
          fail(was, failed.path(), failed.reason(), failed.exitCode(), nowNs);
      case AgentEvent.Closed closed -> closed(was, closed.ending(), nowNs);
      case AgentEvent.Stop stop -> stop(was, stop.reason(), nowNs);
      case AgentEvent.TimePassed _ -> timePassed(was, nowNs);
    };
  }

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

  private static Step streamOpened(Situation was, long stream, long nowNs) {
    return switch (was.state()) {
      case Waiting _ ->
          was.with(new Link.Open(stream)).with(new Idle(nowNs + IDLE.toNanos())).step();
      // Others become the run's stream by their first message.
      case Idle _, Configured _, Ready _, Starting _, Running _, Closing _, Final _, Ended _ ->
          was.step();
    };
  }

  private static Step prepared(Situation was, Workload.Prepared prepared, long nowNs) {
    return was.state() instanceof Configured state
        ? readyIfWarm(
            was,
            new Configured(
                state.config(), state.warmUntilNs(), state.deadlineNs(), Optional.of(prepared)),
            nowNs)
        : was.step();
  }

  private static Step readyIfWarm(Situation was, Configured state, long nowNs) {
    if (state.prepared().isEmpty() || nowNs < state.warmUntilNs()) {
      return was.with(state).step();
    }
    Situation next = was.afterStatus().with(new Ready(state.config(), nowNs + READY.toNanos()));
    return next.step(new SendReady(next.statusSequence(), state.prepared().get().udpPort()));
  }

  /** The first status goes at once: whoever dies after it has still told when it started. */
  private static Step started(Situation was, long nowNs) {
    if (!(was.state() instanceof Starting(RunConfig config, long _))) {
      return was.step();
    }
    Situation next =
        was.afterStatus()
            .with(
                new Running(
                    config,
                    nowNs + config.runDeadline().toNanos(),
                    nowNs + config.statusInterval().toNanos()));
    return next.step(new SendRunning(next.statusSequence()));
  }

  private static Step finished(Situation was, long nowNs) {
    return was.state() instanceof Running
        ? was.with(
                new Closing(new Verdict.Completed(ExitCode.SUCCESS), nowNs + FINISHING.toNanos()))
            .step(new Finish())
        : was.step();
  }

  /** An Error: at once if there is no workload that must be ended before. */
  static Step fail(Situation was, String path, String reason, ExitCode exitCode, long nowNs) {
    Verdict verdict = new Verdict.Failed(path, reason, exitCode);
    return switch (was.state()) {
      case Idle _, Closing _ -> conclude(was, verdict, Optional.empty(), nowNs);
      case Configured _, Ready _, Starting _, Running _ -> callOff(was, verdict, reason, nowNs);
      case Waiting _, Final _, Ended _ -> was.step();
    };
  }

  /** Ends the run before its time, from whatever state. */
  static Step abort(Situation was, String reason, ExitCode exitCode, long nowNs) {
    Verdict verdict = new Verdict.Aborted(reason, exitCode);
    return switch (was.state()) {
      case Waiting _ -> end(was, verdict);
      case Idle _ -> conclude(was, verdict, Optional.empty(), nowNs);
      case Configured _, Ready _, Starting _, Running _ -> callOff(was, verdict, reason, nowNs);
      case Closing closing ->
          was.with(
                  new Closing(
                      closing.verdict(),
                      Math.min(closing.deadlineNs(), nowNs + CALLING_OFF.toNanos())))
              .step();
      case Final _, Ended _ -> was.step();
    };
  }

  private static Step callOff(Situation was, Verdict verdict, String reason, long nowNs) {
    return was.with(new Closing(verdict, nowNs + CALLING_OFF.toNanos())).step(new CallOff(reason));
  }

  private static Step closed(Situation was, Optional<Workload.Ending> ending, long nowNs) {
    return was.state() instanceof Closing(Verdict verdict, long _)
        ? conclude(was, verdict, ending, nowNs)
        : was.step();
  }

  /** The final status, of a workload that has closed its files. */
  private static Step conclude(
      Situation was, Verdict planned, Optional<Workload.Ending> ending, long nowNs) {
    Verdict verdict =
        planned instanceof Verdict.Completed && ending.isPresent()
            ? ofEnding(ending.get())
            : planned;
    Situation counted = was.afterStatus();
    return counted
        .with(
            new Final(
                verdict,
                counted.statusSequence(),
                false,
                nowNs + REPEAT.toNanos(),
                nowNs + FINAL.toNanos()))
        .step(new SendFinal(counted.statusSequence(), verdict, ending));
  }

  private static Verdict ofEnding(Workload.Ending ending) {
    return ending
        .fault()
        .<Verdict>map(fault -> new Verdict.Failed("workload", fault, ending.exitCode()))
        .orElseGet(() -> new Verdict.Completed(ending.exitCode()));
  }

  private static Step stop(Situation was, String reason, long nowNs) {
    // Whoever ends this process does not wait for a coordinator that is not there.
    Situation alone = was.with(Duration.ZERO);
    return switch (was.state()) {
      case Final end -> end(alone, end.verdict());
      case Ended _ -> was.step();
      case Waiting _, Idle _, Configured _, Ready _, Starting _, Running _, Closing _ ->
          abort(alone, reason, ExitCode.ABORTED, nowNs);
    };
  }

  private static Step timePassed(Situation was, long nowNs) {
    OptionalLong graceEndNs = graceEndNs(was);
    if (graceEndNs.isPresent() && nowNs >= graceEndNs.getAsLong()) {
      return graceOver(was, nowNs);
    }
    return switch (was.state()) {
      case Waiting _, Ended _ -> was.step();
      case Idle idle ->
          nowNs < idle.deadlineNs()
              ? was.step()
              : timeout(was, "state.idle", "no configuration came within ", IDLE, nowNs);
      case Configured state ->
          nowNs < state.deadlineNs()
              ? readyIfWarm(was, state, nowNs)
              : timeout(
                  was,
                  "state.config_received",
                  "the preparation was not done within the warm-up and ",
                  PREPARATION,
                  nowNs);
      case Ready ready ->
          nowNs < ready.deadlineNs()
              ? was.step()
              : timeout(was, "state.ready", "neither a start nor a ping came for ", READY, nowNs);
      case Starting starting ->
          nowNs < starting.deadlineNs()
              ? was.step()
              : timeout(was, "state.ready", "the start's moment is gone since ", STARTING, nowNs);
      case Running running -> running(was, running, nowNs);
      case Closing closing -> nowNs < closing.deadlineNs() ? was.step() : notClosed(was, nowNs);
      case Final end -> isLost(was) ? was.step() : repeat(was, end, nowNs);
    };
  }

  private static Step timeout(Situation was, String path, String what, Duration after, long nowNs) {
    return fail(was, path, what + DurationText.format(after), ExitCode.TIMEOUT, nowNs);
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
    return fail(
        was,
        "workload",
        "it has not closed its files in time; what it wrote may end with a broken line",
        ExitCode.TIMEOUT,
        nowNs);
  }

  private static Step repeat(Situation was, Final end, long nowNs) {
    if (nowNs >= end.deadlineNs()) {
      // Without an answer the link may be cut and nobody has noticed yet: the grace time runs.
      return end.acknowledged() ? end(was, end.verdict()) : drop(was, nowNs);
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
                nowNs + REPEAT.toNanos(),
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
      case Configured _, Ready _, Starting _ -> callOff(was, lost, reason, nowNs);
      case Running _ -> was.with(new Closing(lost, nowNs + FINISHING.toNanos())).step(new Finish());
      case Final end ->
          end(was, end.acknowledged() || was.grace().isZero() ? end.verdict() : unheard(end));
      case Waiting _, Idle _ -> end(was, lost);
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

  /** The process may end. */
  static Step end(Situation was, Verdict verdict) {
    return was.with(new Ended(new AgentOutcome(verdict.exitCode(), verdict.sentence()))).step();
  }
}

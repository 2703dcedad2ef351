package org.carillon.control.agent;

import java.time.Duration;
import java.util.Optional;
import org.carillon.control.agent.AgentAction.CallOff;
import org.carillon.control.agent.AgentAction.Finish;
import org.carillon.control.agent.AgentAction.SendFinal;
import org.carillon.control.agent.AgentAction.SendReady;
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

/**
 * The worker's table of states and events: a pure function. Commands stand in {@link CommandRules},
 * deadlines in {@link TimeRules}, what happens on this node here.
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
      case AgentEvent.TimePassed _ -> TimeRules.timePassed(was, nowNs);
    };
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

  static Step readyIfWarm(Situation was, Configured state, long nowNs) {
    if (state.prepared().isEmpty() || nowNs < state.warmUntilNs()) {
      return was.with(state).step();
    }
    Situation next = was.afterStatus().with(new Ready(state.config(), nowNs + READY.toNanos()));
    return next.step(new SendReady(next.statusSequence(), state.prepared().get().udpPort()));
  }

  private static Step started(Situation was, long nowNs) {
    if (!(was.state() instanceof Starting(RunConfig config, long _))) {
      return was.step();
    }
    return was.with(
            new Running(
                config,
                nowNs + config.runDeadline().toNanos(),
                nowNs + TimeRules.FIRST_STATUS.toNanos()))
        .step();
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

  static Step callOff(Situation was, Verdict verdict, String reason, long nowNs) {
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

  /** The process may end. */
  static Step end(Situation was, Verdict verdict) {
    return was.with(new Ended(new AgentOutcome(verdict.exitCode(), verdict.sentence()))).step();
  }
}

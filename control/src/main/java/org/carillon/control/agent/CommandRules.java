package org.carillon.control.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.control.agent.AgentAction.DropStream;
import org.carillon.control.agent.AgentAction.Forget;
import org.carillon.control.agent.AgentAction.Prepare;
import org.carillon.control.agent.AgentAction.Refuse;
import org.carillon.control.agent.AgentAction.SendAgain;
import org.carillon.control.agent.AgentAction.SendPong;
import org.carillon.control.agent.AgentAction.Sharpen;
import org.carillon.control.agent.AgentAction.StartAt;
import org.carillon.control.agent.AgentAction.TellLastEvent;
import org.carillon.control.agent.AgentAction.TellSenderClock;
import org.carillon.control.agent.AgentEvent.Command;
import org.carillon.control.agent.AgentEvent.Origin;
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
import org.carillon.control.workload.SenderClock;
import org.carillon.core.ExitCode;
import org.carillon.core.event.RunId;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.Reading;

/**
 * What the machine does with commands. One that was obeyed before is passed over; one that fits
 * neither the run nor the state is refused and changes nothing.
 */
final class CommandRules {

  private static final Duration FARTHEST_START = Duration.ofMinutes(5);

  /** A start nearer than this leaves no time to ask the time servers again. */
  private static final Duration TIME_TO_SHARPEN = Duration.ofSeconds(1);

  private CommandRules() {}

  static Step step(Situation was, Command command, long nowNs) {
    Origin origin = command.origin();
    if (was.state() instanceof Waiting || was.state() instanceof Ended) {
      return was.step();
    }
    if (command instanceof AgentEvent.Ping ping) {
      return ping(was, ping, nowNs);
    }
    if (command instanceof AgentEvent.Unreadable) {
      return refuse(was, origin, "message", "it is broken, or of another protocol");
    }
    if (origin.runId() == 0) {
      return refuse(was, origin, "run_id", "0 is not a run's number");
    }
    if (command instanceof AgentEvent.Numbered && origin.sequence() < 1) {
      return refuse(was, origin, "sequence", "commands of this kind are numbered from 1");
    }
    if (was.runId().isPresent() && !was.isOf(origin.runId())) {
      return refuse(
          was,
          origin,
          "run_id",
          "this worker is in run "
              + RunId.format(was.runId().getAsLong())
              + ", and serves no other");
    }
    return switch (command) {
      case AgentEvent.Configure configure -> configure(was, configure, nowNs);
      case AgentEvent.Resume resume -> resume(was, resume, nowNs);
      case AgentEvent.Numbered numbered ->
          !was.has(origin.stream())
              ? refuseStream(was, origin)
              : origin.sequence() <= was.commandSequence()
                  ? was.step()
                  : numbered(was, numbered, nowNs);
      case AgentEvent.Acknowledge acknowledge ->
          was.has(origin.stream()) ? acknowledge(was, acknowledge) : refuseStream(was, origin);
      case AgentEvent.Unknown _ ->
          refuse(was, origin, "command", "it is missing, or not known to this version");
      case AgentEvent.Ping _, AgentEvent.Unreadable _ -> throw new AssertionError("answered above");
    };
  }

  private static Step numbered(Situation before, AgentEvent.Numbered command, long nowNs) {
    return switch (command) {
      case AgentEvent.Start start -> start(before, start, nowNs);
      case AgentEvent.EndOfStream end -> endOfStream(before, end);
      case AgentEvent.Abort abort ->
          AgentMachine.abort(before.after(abort.origin()), abort.reason(), ExitCode.ABORTED, nowNs);
      case AgentEvent.Goodbye goodbye -> goodbye(before.after(goodbye.origin()), nowNs);
      case AgentEvent.Configure configure -> configure(before, configure, nowNs);
    };
  }

  private static Step ping(Situation was, AgentEvent.Ping ping, long nowNs) {
    Origin origin = ping.origin();
    // A coordinator that asks is alive, and may wait for other workers' clocks.
    Situation next =
        was.state() instanceof Ready ready && was.isOf(origin.runId()) && was.has(origin.stream())
            ? was.with(new Ready(ready.config(), nowNs + AgentMachine.READY.toNanos()))
            : was;
    return next.step(new SendPong(origin.stream(), ping.number()));
  }

  private static Step configure(Situation was, AgentEvent.Configure configure, long nowNs) {
    Origin origin = configure.origin();
    if (!(was.state() instanceof Idle)) {
      return origin.sequence() <= was.commandSequence()
          ? take(was, origin, 0, nowNs)
          : refuse(was, origin, "config", "this worker has one already");
    }
    List<AgentAction> actions = displacedBy(was, origin);
    Situation taken = was.with(new Link.Open(origin.stream())).after(origin);
    return switch (configure.config()) {
      case ConfigCheck.Result.Invalid(String path, String reason) ->
          joined(actions, AgentMachine.fail(taken, path, reason, ExitCode.USAGE, nowNs));
      case ConfigCheck.Result.Valid(RunConfig config) -> {
        Situation next =
            taken
                .with(config.grace())
                .with(
                    new Configured(
                        config,
                        taken.bornNs() + config.warmUp().toNanos(),
                        nowNs + config.warmUp().plus(AgentMachine.PREPARATION).toNanos(),
                        Optional.empty()));
        yield joined(actions, next.step(new Prepare(origin.runId(), config)));
      }
    };
  }

  private static Step joined(List<AgentAction> before, Step step) {
    List<AgentAction> actions = new ArrayList<>(before);
    actions.addAll(step.actions());
    return new Step(step.next(), actions);
  }

  private static Step resume(Situation was, AgentEvent.Resume resume, long nowNs) {
    Origin origin = resume.origin();
    if (was.runId().isEmpty() && resume.lastStatusSequence() > 0) {
      return refuse(
          was,
          origin,
          "resume",
          "this worker knows nothing of run "
              + RunId.format(origin.runId())
              + "; it was started after it");
    }
    return take(was, origin, resume.lastStatusSequence(), nowNs);
  }

  /** The stream of this command becomes the run's, and gets what has not arrived. */
  private static Step take(Situation was, Origin origin, long lastStatusSequence, long nowNs) {
    Situation next = was.with(new Link.Open(origin.stream()));
    if (was.state() instanceof Final end) {
      next =
          next.with(
              new Final(
                  end.verdict(),
                  end.statusSequence(),
                  end.acknowledged() || lastStatusSequence >= end.statusSequence(),
                  nowNs + AgentMachine.REPEAT.toNanos(),
                  nowNs + AgentMachine.FINAL.toNanos()));
    }
    List<AgentAction> actions = displacedBy(was, origin);
    actions.add(new SendAgain(lastStatusSequence));
    return new Step(next, actions);
  }

  private static List<AgentAction> displacedBy(Situation was, Origin origin) {
    List<AgentAction> actions = new ArrayList<>();
    if (was.link() instanceof Link.Open(long before) && before != origin.stream()) {
      actions.add(new DropStream(before));
    }
    return actions;
  }

  private static Step start(Situation before, AgentEvent.Start start, long nowNs) {
    if (!(before.state() instanceof Ready(RunConfig config, long _))) {
      return refuseInState(before, start.origin(), "start");
    }
    Situation was = before.after(start.origin());
    Optional<Reading> received = start.received();
    if (received.isEmpty()) {
      return AgentMachine.fail(
          was,
          "start",
          "this node's clock is not synchronized and cannot find the start's moment",
          ExitCode.CLOCKS,
          nowNs);
    }
    long startNs = start.startTrueTimeNs();
    long bestNs = received.get().bestNs();
    // Compared before they are subtracted: a far start would overflow.
    if (startNs <= bestNs) {
      return AgentMachine.fail(
          was,
          "start.start_true_time_ns",
          "the start is in the past"
              + (startNs > bestNs - Duration.ofDays(1).toNanos()
                  ? " by " + DurationText.format(bestNs - startNs)
                  : "")
              + "; a longer start delay may help",
          ExitCode.TIMEOUT,
          nowNs);
    }
    if (startNs > bestNs + FARTHEST_START.toNanos()) {
      return AgentMachine.fail(
          was,
          "start.start_true_time_ns",
          "the start is more than " + DurationText.format(FARTHEST_START) + " ahead",
          ExitCode.USAGE,
          nowNs);
    }
    List<AgentAction> actions = new ArrayList<>();
    start.senderClock().map(TellSenderClock::new).ifPresent(actions::add);
    if (startNs - bestNs > TIME_TO_SHARPEN.toNanos()) {
      actions.add(new Sharpen());
    }
    actions.add(new StartAt(startNs));
    return new Step(
        was.with(new Starting(config, nowNs + startNs - bestNs + AgentMachine.STARTING.toNanos())),
        actions);
  }

  private static Step endOfStream(Situation before, AgentEvent.EndOfStream end) {
    return switch (before.state()) {
      case Starting _, Running _ ->
          before.after(end.origin()).step(new TellLastEvent(end.lastEventId()));
      case Closing _, Final _, Ended _ -> before.step();
      case Waiting _, Idle _, Configured _, Ready _ ->
          refuseInState(before, end.origin(), "end_of_stream");
    };
  }

  private static Step goodbye(Situation was, long nowNs) {
    return was.state() instanceof Final end
        ? AgentMachine.end(was, end.verdict())
        // It will not come back: no grace time.
        : AgentMachine.abort(
            was.with(Duration.ZERO),
            "the coordinator took its leave before the end",
            ExitCode.ABORTED,
            nowNs);
  }

  private static Step acknowledge(Situation was, AgentEvent.Acknowledge acknowledge) {
    long sequence = acknowledge.statusSequence();
    Forget forget = new Forget(sequence);
    Optional<SenderClock> clock = acknowledge.senderClock();
    return switch (was.state()) {
      case Ready _, Starting _, Running _ ->
          clock.isPresent() ? was.step(forget, new TellSenderClock(clock.get())) : was.step(forget);
      case Final end ->
          was.with(
                  new Final(
                      end.verdict(),
                      end.statusSequence(),
                      end.acknowledged() || sequence >= end.statusSequence(),
                      end.nextSendNs(),
                      end.deadlineNs()))
              .step(forget);
      case Waiting _, Idle _, Configured _, Closing _, Ended _ -> was.step(forget);
    };
  }

  private static Step refuseInState(Situation was, Origin origin, String command) {
    return refuse(was, origin, command, "it does not fit the worker's state");
  }

  private static Step refuseStream(Situation was, Origin origin) {
    return refuse(
        was, origin, "command", "this is not the run's stream; begin with a config or a resume");
  }

  private static Step refuse(Situation was, Origin origin, String path, String reason) {
    return was.step(new Refuse(origin, path, reason, !was.has(origin.stream())));
  }
}

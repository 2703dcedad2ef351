package org.carillon.control.agent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.carillon.control.agent.AgentEvent.Command;
import org.carillon.control.wire.Error;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.NodeClock;
import org.carillon.control.workload.WorkloadFactory;
import org.carillon.core.ExitCode;
import org.carillon.core.fault.ControlStall;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the machine its events, one after the other, and does what it asks for. */
final class AgentLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);
  private static final long WAIT_MAX_NS = Duration.ofHours(1).toNanos();

  private final ClockSource clock;
  private final NodeClock nodeClock;
  private final ControlStall stall;
  private final ControlService service;
  private final WorkloadRunner runner;
  private final Reporter reporter;
  private final Outbox outbox = new Outbox();

  private final LinkedBlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();

  /** Came while the stream was stalled. */
  private final Queue<Command> held = new ArrayDeque<>();

  /** Of refused commands that were told of: whoever sends many fills no log. */
  private final Set<String> refusedPaths = new HashSet<>();

  private Situation situation;

  AgentLoop(
      AgentOptions options,
      ClockSource clock,
      NodeClock nodeClock,
      WorkloadFactory workloads,
      ControlStall stall) {
    this.clock = clock;
    this.nodeClock = nodeClock;
    this.stall = stall;
    this.service = new ControlService(options.nodeId(), nodeClock, events::add);
    this.runner = new WorkloadRunner(clock, nodeClock, workloads, events::add);
    this.reporter = new Reporter(options, clock, nodeClock);
    this.situation = Situation.initial(clock.monotonicNs());
  }

  ControlService service() {
    return service;
  }

  /** From any thread. */
  void stop(String reason) {
    events.add(new AgentEvent.Stop(reason));
  }

  AgentOutcome run() {
    while (true) {
      if (situation.state() instanceof AgentState.Ended(AgentOutcome outcome)) {
        service.closeAll();
        return outcome;
      }
      AgentEvent event = next();
      // Deadlines first: many events must not put them off.
      step(new AgentEvent.TimePassed());
      if (stall.remainingNs() > 0) {
        if (event instanceof Command command) {
          held.add(command);
        } else {
          step(event);
        }
      } else {
        held.forEach(this::step);
        held.clear();
        step(event);
        sendStatuses();
      }
    }
  }

  private AgentEvent next() {
    long waitNs = WAIT_MAX_NS;
    OptionalLong deadlineNs = TimeRules.nextDeadlineNs(situation);
    if (deadlineNs.isPresent()) {
      waitNs = Math.min(waitNs, deadlineNs.getAsLong() - clock.monotonicNs());
    }
    long stallNs = stall.remainingNs();
    if (stallNs > 0) {
      waitNs = Math.min(waitNs, stallNs);
    }
    try {
      AgentEvent event = events.poll(waitNs, TimeUnit.NANOSECONDS);
      return event == null ? new AgentEvent.TimePassed() : event;
    } catch (InterruptedException e) {
      return new AgentEvent.Stop("this worker was interrupted");
    }
  }

  private void step(AgentEvent event) {
    AgentState before = situation.state();
    Situation.Step step = AgentMachine.step(situation, event, clock.monotonicNs());
    situation = step.next();
    if (before.getClass() != situation.state().getClass()) {
      LOG.debug(
          "{} after {}",
          situation.state().getClass().getSimpleName(),
          event.getClass().getSimpleName());
    }
    switch (event) {
      case AgentEvent.Started(StartMoment start) ->
          runner.workload().ifPresent(workload -> reporter.started(workload, start));
      case AgentEvent.StreamLost(long stream) -> service.close(stream);
      default -> {}
    }
    step.actions().forEach(this::perform);
    if (event instanceof Command command) {
      service.stream(command.origin().stream()).ifPresent(ControlStream::next);
    }
  }

  private void perform(AgentAction action) {
    try {
      switch (action) {
        case AgentAction.Prepare prepare -> runner.prepare(prepare.runId(), prepare.config());
        case AgentAction.Sharpen _ -> nodeClock.sharpen();
        case AgentAction.StartAt start -> runner.startAt(start.startTrueTimeNs());
        case AgentAction.TellSenderClock tell ->
            runner.workload().ifPresent(workload -> workload.senderClock(tell.senderClock()));
        case AgentAction.TellLastEvent tell ->
            runner.workload().ifPresent(workload -> workload.lastEvent(tell.eventId()));
        case AgentAction.Finish _ -> runner.finish();
        case AgentAction.CallOff callOff -> runner.callOff(callOff.reason());
        case AgentAction.SendReady send ->
            keep(send.statusSequence(), reporter.ready(send.udpPort()));
        case AgentAction.SendRunning send -> keep(send.statusSequence(), reporter.running());
        case AgentAction.SendFinal send ->
            keep(send.statusSequence(), reporter.end(send.verdict(), send.ending()));
        case AgentAction.Forget forget -> outbox.forget(forget.statusSequence());
        case AgentAction.SendAgain again -> outbox.sendAgain(again.lastStatusSequence());
        case AgentAction.SendPong pong -> sendPong(pong);
        case AgentAction.DropStream drop -> service.drop(drop.stream());
        case AgentAction.Refuse refuse -> refuse(refuse);
      }
    } catch (RuntimeException e) {
      LOG.error("a fault of ours in {}", action, e);
      events.add(new AgentEvent.Failed("workload", "a fault of ours: " + e, ExitCode.INTERNAL));
    }
  }

  private void keep(long sequence, StatusMessage.Builder message) {
    outbox.add(message.setRunId(situation.runId().orElse(0)).setSequence(sequence).build());
  }

  private void sendStatuses() {
    if (situation.link() instanceof Link.Open(long number)) {
      service.stream(number).ifPresent(stream -> outbox.send(stream::isReady, stream::send));
    }
  }

  private void sendPong(AgentAction.SendPong pong) {
    // Whoever asks faster than it listens misses an answer, and we need not keep it.
    service.stream(pong.stream())
        .filter(ControlStream::isReady)
        .ifPresent(
            stream ->
                stream.send(
                    StatusMessage.newBuilder()
                        .setRunId(situation.runId().orElse(0))
                        .setPong(reporter.pong(pong.number(), situation.state()))
                        .build()));
  }

  private void refuse(AgentAction.Refuse refuse) {
    if (refusedPaths.add(refuse.path())) {
      LOG.warn(
          "refused a command of the control stream: {}: {} (said once for each kind)",
          refuse.path(),
          refuse.reason());
    }
    long number = refuse.origin().stream();
    service.stream(number)
        .filter(ControlStream::isReady)
        .ifPresent(
            stream ->
                stream.send(
                    StatusMessage.newBuilder()
                        .setRunId(refuse.origin().runId())
                        .setError(
                            Error.newBuilder().setPath(refuse.path()).setReason(refuse.reason()))
                        .build()));
    if (refuse.close()) {
      service.close(number);
    }
  }

  @Override
  public void close() {
    runner.close();
  }
}

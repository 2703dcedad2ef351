package org.carillon.control.controller;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.carillon.control.controller.WorkerState.Failed;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.Pong;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.SenderClock;

/**
 * One worker, seen from the controller: its state, and the commands that it gets, each numbered.
 * When to open a stream {@link WayToWorker} tells, whether anybody is at its end {@link Liveness}.
 * Reads no clock and does no I/O: times are given to it (monotonic, ns), and what it sends goes
 * through a port. For one thread.
 */
final class WorkerMachine {

  /** How long a worker may take to get ready beyond its warm-up; its own deadline is 30 s. */
  static final long PREPARATION_NS = SECONDS.toNanos(45);

  private final ControllerOptions options;
  private final Commands commands;
  private final AgentPort port;
  private final WorkerAccount account;
  private final WayToWorker way;
  private final Liveness liveness = new Liveness();

  private WorkerState state = new WorkerState.Connecting();
  private long answeredNs;
  private String waitingFor = "";
  private boolean calledOff;
  private long lastSequence;
  private final List<ControlMessage> numbered = new ArrayList<>();
  private Optional<SenderClock> senderClock = Optional.empty();

  /**
   * @param random from [0, 1), for the jitter of the tries
   * @param nowNs when to open the stream first
   */
  WorkerMachine(
      AgentAddress address,
      ControllerOptions options,
      AgentPort port,
      DoubleSupplier random,
      long nowNs) {
    this.options = options;
    this.commands = new Commands(options);
    this.port = port;
    this.account = new WorkerAccount(address);
    this.way = new WayToWorker(address.control(), options.grace(), random, nowNs);
    number(commands.config(address.name().orElse("")));
  }

  WorkerState state() {
    return state;
  }

  WorkerAccount account() {
    return account;
  }

  int reconnects() {
    return way.reconnects();
  }

  /** Between the last ping and its answer. */
  OptionalLong roundTripNs() {
    return liveness.roundTripNs();
  }

  /** Whether messages reach the worker, as far as is known. */
  boolean isReachable() {
    return way.isUp();
  }

  /** Whether there is no stream, and never was one on which the worker answered. */
  boolean isBeyondReach() {
    return state instanceof WorkerState.Connecting && !way.hasStream();
  }

  /** What the worker waits for, or what is wrong with the way to it; empty if nothing is known. */
  String waitingFor() {
    return isReachable() || state.isFinal() ? waitingFor : way.reason();
  }

  /** Why the worker is not well; empty if it is. */
  Optional<String> trouble() {
    return switch (state) {
      case Failed failed -> Optional.of(failed.reason());
      case WorkerState.Completed() -> Optional.empty();
      default -> way.trouble().or(liveness::trouble);
    };
  }

  /** Lets time pass. Call it some times a second. */
  void tick(long nowNs, Optional<SenderClock> clock) {
    senderClock = clock;
    if (state.isFinal()) {
      return;
    }
    switch (way.due(nowNs)) {
      case OPEN -> open(nowNs);
      case DROP -> {
        port.close();
        lost(new LinkLoss(false, "no answer for 10 s"), nowNs);
      }
      case NOTHING -> {
        if (way.isUp()) {
          watch(nowNs);
        }
      }
    }
    way.graceOver(nowNs).ifPresent(this::giveUp);
    if (state instanceof WorkerState.ConfigSent
        && nowNs - answeredNs >= options.warmup().toNanos() + PREPARATION_NS) {
      giveUp(Failed.Kind.FAULT, "it did not get ready in time; see its log");
    }
  }

  /** A message has come over the open stream. */
  void heard(StatusMessage message, long nowNs) {
    if (state.isFinal()) {
      return;
    }
    if (message.getSequence() == 0 && message.hasError()) {
      giveUp(
          Failed.Kind.FAULT,
          "it refuses a command: "
              + StatusReader.text(message.getError().getPath())
              + ": "
              + StatusReader.text(message.getError().getReason()));
      return;
    }
    if (message.getRunId() != options.runId()) {
      giveUp(Failed.Kind.FAULT, "it speaks of another run");
      return;
    }
    answered(nowNs);
    try {
      if (message.hasPong()) {
        heard(message.getPong(), nowNs);
      } else {
        heard(message.getSequence(), StatusReader.read(message));
      }
    } catch (IllegalArgumentException e) {
      giveUp(Failed.Kind.FAULT, "it sent what makes no sense: " + e.getMessage());
    }
  }

  /** What has come is no message. */
  void heardNonsense() {
    giveUp(Failed.Kind.FAULT, "it sent what is no message of the control stream");
  }

  /** The stream has broken, or could not be opened. */
  void lost(LinkLoss loss, long nowNs) {
    if (state.isFinal()) {
      return;
    }
    way.lost(loss, nowNs).ifPresent(this::giveUp);
  }

  /** Asks the worker how it is; a no-op while it cannot be reached. */
  void ping(long nowNs) {
    if (isReachable() && !state.isFinal()) {
      port.send(commands.ping(liveness.ping(nowNs)));
    }
  }

  /** Tells a worker that is ready when to start. */
  void start(long startTrueTimeNs) {
    if (state instanceof WorkerState.Ready) {
      state = state.after(new WorkerEvent.StartSent());
      sendNumbered(commands.start(startTrueTimeNs, senderClock));
    }
  }

  /** Tells the worker that nothing comes after this event. */
  void endOfStream(long lastEventId) {
    if (!state.isFinal()) {
      sendNumbered(commands.endOfStream(lastEventId));
    }
  }

  /** Asks the worker to end, since the run is called off; its last status is still awaited. */
  void abort(String reason) {
    if (!state.isFinal()) {
      calledOff = true;
      sendNumbered(commands.abort(reason));
    }
  }

  /** Takes no part any more, as far as the controller is concerned; the worker is told to end. */
  void giveUp(Failed.Kind kind, String reason) {
    giveUp(new Failed(kind, reason));
  }

  private void giveUp(Failed as) {
    if (!state.isFinal()) {
      state = state.after(new WorkerEvent.GivenUp(as));
      sendNumbered(commands.abort(as.reason()));
      sendNumbered(commands.goodbye());
      port.close();
    }
  }

  private void open(long nowNs) {
    List<ControlMessage> first = new ArrayList<>();
    if (state instanceof WorkerState.Connecting) {
      first.add(numbered.getFirst());
    } else {
      first.add(commands.resume(lastSequence));
      // What was sent last may not have arrived; what did arrive is known by its number.
      first.addAll(numbered.subList(1, numbered.size()));
    }
    first.add(commands.ping(liveness.openingPing(nowNs)));
    way.opening(nowNs);
    port.open(first);
  }

  private void answered(long nowNs) {
    liveness.heard(nowNs);
    way.heard();
    if (state instanceof WorkerState.Connecting) {
      answeredNs = nowNs;
      state = state.after(new WorkerEvent.Answered());
    }
  }

  private void heard(Pong pong, long nowNs) {
    account.clock(StatusReader.clock(pong));
    waitingFor = StatusReader.text(pong.getWaitingFor());
    if (liveness.answered(pong.getNumber(), nowNs)) {
      ping(nowNs);
    }
  }

  private void heard(long sequence, WorkerStatus status) {
    if (sequence > lastSequence) {
      lastSequence = sequence;
      state =
          state.after(
              calledOff && status instanceof WorkerStatus.Aborted aborted
                  ? new WorkerEvent.CalledOff(aborted)
                  : new WorkerEvent.Told(status));
      account.add(status);
    }
    port.send(commands.acknowledge(lastSequence, senderClock));
    if (state.isFinal()) {
      sendNumbered(
          status instanceof WorkerStatus.Final
              ? commands.goodbye()
              : commands.abort("the coordinator did not expect this status"));
      port.close();
    }
  }

  private void watch(long nowNs) {
    switch (liveness.watch(nowNs)) {
      case NONE -> {}
      case ASK -> ping(nowNs);
      case DEAD -> giveUp(Failed.Kind.FAULT, liveness.complaint(nowNs));
    }
  }

  /** A stream that is being opened carries it, too; without one, the next one begins with it. */
  private void sendNumbered(ControlMessage message) {
    ControlMessage withNumber = number(message);
    if (way.hasStream()) {
      port.send(withNumber);
    }
  }

  private ControlMessage number(ControlMessage message) {
    ControlMessage withNumber = message.toBuilder().setSequence(numbered.size() + 1).build();
    numbered.add(withNumber);
    return withNumber;
  }
}

package org.carillon.control.controller;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
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
import org.carillon.core.time.DurationText;

/**
 * One worker, seen from the controller: its state, its stream with the tries to get it back, and
 * whether it is alive. Reads no clock and does no I/O: times are given to it (monotonic, ns), and
 * what it sends goes through a port. For one thread.
 */
final class WorkerMachine {

  /** A try to open a stream that is not answered for so long has failed. */
  static final long OPEN_DEADLINE_NS = SECONDS.toNanos(10);

  /** After so long without a status the worker is asked whether it is there. */
  static final long SILENCE_NS = SECONDS.toNanos(10);

  static final long PING_DEADLINE_NS = SECONDS.toNanos(5);
  static final int PINGS = 3;

  /** Pauses before the tries after the first; later ones wait as long as the last. */
  static final long[] PAUSES_NS = {SECONDS.toNanos(1), SECONDS.toNanos(2), SECONDS.toNanos(4)};

  /** How long a worker may take to get ready beyond its warm-up; its own deadline is 30 s. */
  static final long PREPARATION_NS = SECONDS.toNanos(45);

  private sealed interface Link {
    record Waiting(long tryAtNs) implements Link {}

    record Opening(long sinceNs) implements Link {}

    record Up() implements Link {}
  }

  private final AgentAddress address;
  private final ControllerOptions options;
  private final Commands commands;
  private final AgentPort port;
  private final DoubleSupplier random;
  private final WorkerAccount account;

  private WorkerState state = new WorkerState.Connecting();
  private Link link;
  private int failedTries;
  private int refusals;
  private String linkReason = "";
  private OptionalLong lostSinceNs = OptionalLong.empty();
  private int reconnects;
  private long lastOpenedNs;
  private long lastHeardNs;
  private long answeredNs;
  private int silentPings;
  private long lastPingNs;
  private long pings;
  private long openingPing;
  private OptionalLong roundTripNs = OptionalLong.empty();
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
    this.address = address;
    this.options = options;
    this.commands = new Commands(options);
    this.port = port;
    this.random = random;
    this.account = new WorkerAccount(address);
    this.link = new Link.Waiting(nowNs);
    number(commands.config(address.name().orElse("")));
  }

  WorkerState state() {
    return state;
  }

  WorkerAccount account() {
    return account;
  }

  int reconnects() {
    return reconnects;
  }

  /** Between the last ping and its answer. */
  OptionalLong roundTripNs() {
    return roundTripNs;
  }

  /** Whether messages reach the worker, as far as is known. */
  boolean isReachable() {
    return link instanceof Link.Up;
  }

  /** Whether there is no stream, and never was one on which the worker answered. */
  boolean isBeyondReach() {
    return state instanceof WorkerState.Connecting && link instanceof Link.Waiting;
  }

  /** What the worker waits for, or what is wrong with the way to it; empty if nothing is known. */
  String waitingFor() {
    return isReachable() || state.isFinal() ? waitingFor : linkReason;
  }

  /** Why the worker is not well; empty if it is. */
  Optional<String> trouble() {
    return switch (state) {
      case Failed failed -> Optional.of(failed.reason());
      case WorkerState.Completed() -> Optional.empty();
      default ->
          lostSinceNs.isPresent()
              ? Optional.of("control stream lost: " + linkReason)
              : silentPings > 0
                  ? Optional.of("silent, " + silentPings + " pings unanswered")
                  : Optional.empty();
    };
  }

  /** Lets time pass. Call it some times a second. */
  void tick(long nowNs, Optional<SenderClock> clock) {
    senderClock = clock;
    if (state.isFinal()) {
      return;
    }
    switch (link) {
      case Link.Waiting(long tryAtNs) -> {
        if (nowNs >= tryAtNs) {
          open(nowNs);
        }
      }
      case Link.Opening(long sinceNs) -> {
        if (nowNs - sinceNs >= OPEN_DEADLINE_NS) {
          port.close();
          lost(new LinkLoss(false, "no answer for 10 s"), nowNs);
        }
      }
      case Link.Up() -> watch(nowNs);
    }
    if (lostSinceNs.isPresent()
        && nowNs - lostSinceNs.getAsLong() >= options.grace().toNanos()
        && !state.isFinal()) {
      giveUp(
          Failed.Kind.FAULT,
          "its control stream was lost and could not be taken up again within "
              + DurationText.format(options.grace())
              + ": "
              + linkReason);
    }
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
    linkReason = loss.reason();
    if (isReachable()) {
      lostSinceNs = OptionalLong.of(nowNs);
      failedTries = 0;
      refusals = 0;
      // Not at once if it broke just after it was opened: the way may be open and the far end ill.
      link = new Link.Waiting(Math.max(nowNs, lastOpenedNs + PAUSES_NS[0]));
      return;
    }
    link = new Link.Waiting(nowNs);
    failedTries++;
    refusals = loss.refused() ? refusals + 1 : 0;
    boolean wasUp = !(state instanceof WorkerState.Connecting);
    if (refusals > PAUSES_NS.length) {
      giveUp(
          wasUp ? Failed.Kind.FAULT : Failed.Kind.CONNECTION,
          "nobody listens at "
              + address.control()
              + (wasUp ? " any more" : ": start its worker first, or check host and port"));
    } else if (!wasUp && failedTries > PAUSES_NS.length) {
      giveUp(
          Failed.Kind.CONNECTION,
          address.control() + " could not be reached in " + failedTries + " tries: " + linkReason);
    } else {
      long pauseNs = PAUSES_NS[Math.min(failedTries, PAUSES_NS.length) - 1];
      link = new Link.Waiting(nowNs + (long) (pauseNs * (0.8 + 0.4 * random.getAsDouble())));
    }
  }

  /** Asks the worker how it is; a no-op while it cannot be reached. */
  void ping(long nowNs) {
    if (isReachable() && !state.isFinal()) {
      lastPingNs = nowNs;
      port.send(commands.ping(++pings));
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
    if (!state.isFinal()) {
      state = state.after(new WorkerEvent.GivenUp(new Failed(kind, reason)));
      sendNumbered(commands.abort(reason));
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
    openingPing = ++pings;
    first.add(commands.ping(openingPing));
    link = new Link.Opening(nowNs);
    lastOpenedNs = nowNs;
    lastPingNs = nowNs;
    port.open(first);
  }

  private void answered(long nowNs) {
    lastHeardNs = nowNs;
    silentPings = 0;
    if (!isReachable()) {
      link = new Link.Up();
      if (lostSinceNs.isPresent()) {
        lostSinceNs = OptionalLong.empty();
        reconnects++;
      }
    }
    if (state instanceof WorkerState.Connecting) {
      answeredNs = nowNs;
      state = state.after(new WorkerEvent.Answered());
    }
  }

  private void heard(Pong pong, long nowNs) {
    account.clock(StatusReader.clock(pong));
    waitingFor = StatusReader.text(pong.getWaitingFor());
    if (pong.getNumber() == pings) {
      roundTripNs = OptionalLong.of(nowNs - lastPingNs);
      if (pings == openingPing) {
        ping(nowNs); // The first one waited for the connection as well.
      }
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
    boolean silent = nowNs - lastHeardNs >= SILENCE_NS;
    if (silent && (silentPings == 0 || nowNs - lastPingNs >= PING_DEADLINE_NS)) {
      if (silentPings == PINGS) {
        giveUp(
            Failed.Kind.FAULT,
            "it is silent: nothing for "
                + NANOSECONDS.toSeconds(nowNs - lastHeardNs)
                + " s, and "
                + PINGS
                + " pings unanswered");
      } else {
        silentPings++;
        ping(nowNs);
      }
    }
  }

  /** A stream that is being opened carries it, too; without one, the next one begins with it. */
  private void sendNumbered(ControlMessage message) {
    ControlMessage withNumber = number(message);
    if (!(link instanceof Link.Waiting)) {
      port.send(withNumber);
    }
  }

  private ControlMessage number(ControlMessage message) {
    ControlMessage withNumber = message.toBuilder().setSequence(numbered.size() + 1).build();
    numbered.add(withNumber);
    return withNumber;
  }
}

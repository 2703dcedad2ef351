package org.carillon.control.controller;

import java.time.Duration;
import java.util.Optional;
import org.carillon.control.wire.Abort;
import org.carillon.control.wire.Acknowledge;
import org.carillon.control.wire.Config;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.EndOfStream;
import org.carillon.control.wire.EventStream;
import org.carillon.control.wire.Exec;
import org.carillon.control.wire.Goodbye;
import org.carillon.control.wire.Ping;
import org.carillon.control.wire.Resume;
import org.carillon.control.wire.Start;
import org.carillon.control.workload.SenderClock;
import org.carillon.control.workload.WorkloadSpec;

/** The messages to the workers of one run. Numbered ones get their number from the machine. */
final class Commands {

  /**
   * Workers get so much longer than the controller, so that it is the controller that ends a run
   * whose time is over, and its exit code tells so.
   */
  private static final Duration DEADLINE_MARGIN = Duration.ofSeconds(10);

  private final ControllerOptions options;

  Commands(ControllerOptions options) {
    this.options = options;
  }

  ControlMessage config(String nodeId) {
    Config.Builder config =
        Config.newBuilder()
            .setNodeId(nodeId)
            .setWarmupDurationNs(options.warmup().toNanos())
            .setStatusIntervalNs(options.statusInterval().toNanos())
            .setGraceDurationNs(options.grace().toNanos())
            .setRunDeadlineDurationNs(options.runDeadline().plus(DEADLINE_MARGIN).toNanos());
    switch (options.workload()) {
      case WorkloadSpec.EventStream events ->
          config.setEventStream(
              EventStream.newBuilder()
                  .addAllCommitWaitDurationNs(
                      events.commitWaits().stream().map(Duration::toNanos).toList())
                  .setSettleDurationNs(events.settle().toNanos()));
      case WorkloadSpec.Exec exec ->
          config.setExec(
              Exec.newBuilder()
                  .addAllArgv(exec.argv())
                  .putAllEnvironment(exec.environment())
                  .setTimeoutDurationNs(exec.timeout().toNanos())
                  .setOutputLimitBytes(exec.outputLimitBytes()));
    }
    return message().setConfig(config).build();
  }

  ControlMessage start(long startTrueTimeNs, Optional<SenderClock> clock) {
    Start.Builder start = Start.newBuilder().setStartTrueTimeNs(startTrueTimeNs);
    clock.ifPresent(it -> start.setSenderClock(wire(it)));
    return message().setStart(start).build();
  }

  ControlMessage ping(long number) {
    return message().setPing(Ping.newBuilder().setNumber(number)).build();
  }

  ControlMessage abort(String reason) {
    return message().setAbort(Abort.newBuilder().setReason(reason)).build();
  }

  ControlMessage acknowledge(long statusSequence, Optional<SenderClock> clock) {
    Acknowledge.Builder acknowledge = Acknowledge.newBuilder().setStatusSequence(statusSequence);
    clock.ifPresent(it -> acknowledge.setSenderClock(wire(it)));
    return message().setAcknowledge(acknowledge).build();
  }

  ControlMessage resume(long lastStatusSequence) {
    return message()
        .setResume(Resume.newBuilder().setLastStatusSequence(lastStatusSequence))
        .build();
  }

  ControlMessage endOfStream(long lastEventId) {
    return message().setEndOfStream(EndOfStream.newBuilder().setLastEventId(lastEventId)).build();
  }

  ControlMessage goodbye() {
    return message().setGoodbye(Goodbye.getDefaultInstance()).build();
  }

  private ControlMessage.Builder message() {
    return ControlMessage.newBuilder().setRunId(options.runId());
  }

  private static org.carillon.control.wire.SenderClock wire(SenderClock clock) {
    return org.carillon.control.wire.SenderClock.newBuilder()
        .setOffsetNs(clock.offsetNs())
        .setBoundNs(clock.boundNs())
        .build();
  }
}

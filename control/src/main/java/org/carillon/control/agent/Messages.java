package org.carillon.control.agent;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.carillon.control.agent.AgentEvent.Origin;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.wire.ClockStatus;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.Cpu;
import org.carillon.control.wire.Latency;
import org.carillon.control.wire.State;
import org.carillon.control.workload.ExecResult;
import org.carillon.control.workload.SenderClock;
import org.carillon.core.time.Reading;

/** Between the messages of the stream and the values of this program. */
final class Messages {

  private Messages() {}

  /**
   * What a message says.
   *
   * @param stream that brought it
   * @param received the reading at its arrival
   */
  static AgentEvent.Command command(
      ControlMessage message, long stream, String nodeId, Optional<Reading> received) {
    Origin origin = new Origin(stream, message.getRunId(), message.getSequence());
    return switch (message.getCommandCase()) {
      case CONFIG ->
          new AgentEvent.Configure(origin, ConfigCheck.check(message.getConfig(), nodeId));
      case START ->
          new AgentEvent.Start(
              origin,
              message.getStart().getStartTrueTimeNs(),
              senderClock(message.getStart().getSenderClock()),
              received);
      case PING -> new AgentEvent.Ping(origin, message.getPing().getNumber());
      case ABORT -> new AgentEvent.Abort(origin, message.getAbort().getReason());
      case ACKNOWLEDGE ->
          new AgentEvent.Acknowledge(
              origin,
              message.getAcknowledge().getStatusSequence(),
              senderClock(message.getAcknowledge().getSenderClock()));
      case RESUME -> new AgentEvent.Resume(origin, message.getResume().getLastStatusSequence());
      case GOODBYE -> new AgentEvent.Goodbye(origin);
      case END_OF_STREAM ->
          new AgentEvent.EndOfStream(origin, message.getEndOfStream().getLastEventId());
      case COMMAND_NOT_SET -> new AgentEvent.Unknown(origin);
    };
  }

  private static Optional<SenderClock> senderClock(org.carillon.control.wire.SenderClock clock) {
    return clock.hasOffsetNs() && clock.getBoundNs() > 0
        ? Optional.of(new SenderClock(clock.getOffsetNs(), clock.getBoundNs()))
        : Optional.empty();
  }

  /** The state as others see it. */
  static State state(AgentState state) {
    return switch (state) {
      case AgentState.Waiting _, AgentState.Idle _ -> State.STATE_IDLE;
      case AgentState.Configured _ -> State.STATE_CONFIG_RECEIVED;
      case AgentState.Ready _, AgentState.Starting _ -> State.STATE_READY;
      case AgentState.Running _ -> State.STATE_RUNNING;
      case AgentState.Closing closing -> state(closing.verdict());
      case AgentState.Final end -> state(end.verdict());
      case AgentState.Ended _ -> State.STATE_UNSPECIFIED;
    };
  }

  private static State state(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Completed _ -> State.STATE_COMPLETED;
      case Verdict.Failed _ -> State.STATE_ERROR;
      case Verdict.Aborted _ -> State.STATE_ABORTED;
    };
  }

  static org.carillon.control.wire.Reading reading(Reading reading) {
    return org.carillon.control.wire.Reading.newBuilder()
        .setEarliestNs(reading.earliestNs())
        .setBestNs(reading.bestNs())
        .setLatestNs(reading.latestNs())
        .build();
  }

  static org.carillon.control.wire.ClockReport clock(ClockReport report) {
    var message =
        org.carillon.control.wire.ClockReport.newBuilder()
            .setStatus(
                switch (report.status()) {
                  case SYNCHRONIZED -> ClockStatus.CLOCK_STATUS_SYNCHRONIZED;
                  case HOLDOVER -> ClockStatus.CLOCK_STATUS_HOLDOVER;
                  case UNSYNCHRONIZED -> ClockStatus.CLOCK_STATUS_UNSYNCHRONIZED;
                })
            .setEvidence(report.evidence());
    report.reading().map(Messages::reading).ifPresent(message::setReading);
    report
        .offset()
        .ifPresent(
            offset -> message.setOffsetNs(offset.offsetNs()).setBoundNs(offset.uncertaintyNs()));
    return message.build();
  }

  static org.carillon.control.wire.Counters counters(Counters counters) {
    var message =
        org.carillon.control.wire.Counters.newBuilder()
            .setReceived(counters.received())
            .setDuplicates(counters.duplicates())
            .setUndecided(counters.undecided())
            .setOutOfOrder(counters.outOfOrder())
            .setMissing(counters.missing())
            .setHighestEventId(counters.highestEventId())
            .setForeign(counters.foreign())
            .setMalformed(counters.malformed())
            .setRowsWritten(counters.rowsWritten())
            .setRowsLost(counters.rowsLost())
            .setReceiveErrors(counters.receiveErrors());
    counters.kernelDrops().ifPresent(message::setKernelDrops);
    return message.build();
  }

  static Cpu cpu(CpuShares shares) {
    Cpu.Builder message = Cpu.newBuilder();
    shares.user().ifPresent(message::setUserShare);
    shares.system().ifPresent(message::setSystemShare);
    shares.iowait().ifPresent(message::setIowaitShare);
    shares.process().ifPresent(message::setProcessShare);
    return message.build();
  }

  static Latency latency(LatencyHistogram histogram) {
    return Latency.newBuilder()
        .setNotNegative(ByteString.copyFrom(histogram.notNegativeBytes()))
        .setNegative(ByteString.copyFrom(histogram.negativeBytes()))
        .build();
  }

  static LatencyHistogram histogram(Latency message) {
    return LatencyHistogram.decode(
        message.getNotNegative().toByteArray(), message.getNegative().toByteArray());
  }

  static org.carillon.control.wire.ExecResult exec(ExecResult result) {
    var message =
        org.carillon.control.wire.ExecResult.newBuilder()
            .setElapsedDurationNs(result.elapsedNs())
            .setStandardOutputBytes(result.standardOutputBytes())
            .setStandardErrorBytes(result.standardErrorBytes())
            .setOutputCut(result.outputCut())
            .setTimedOut(result.timedOut());
    result.exitCode().ifPresent(message::setExitCode);
    return message.build();
  }
}

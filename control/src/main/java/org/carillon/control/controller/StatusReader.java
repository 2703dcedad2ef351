package org.carillon.control.controller;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.wire.Cpu;
import org.carillon.control.wire.Latency;
import org.carillon.control.wire.Pong;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.ExecResult;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;

/** Turns what came over the wire into records, and refuses what cannot be true. */
final class StatusReader {

  /** Longer texts of a worker are cut: they go to logs and terminals. */
  private static final int MAX_TEXT = 2_000;

  private StatusReader() {}

  /**
   * Reads a numbered status.
   *
   * @throws IllegalArgumentException with the reason if the message makes no sense
   */
  static WorkerStatus read(StatusMessage message) {
    require(message.getSequence() > 0, "a status has the number " + message.getSequence());
    return switch (message.getStatusCase()) {
      case READY -> ready(message.getReady());
      case RUNNING -> new WorkerStatus.Running(progress(message.getRunning().getProgress()));
      case COMPLETED -> {
        var it = message.getCompleted();
        yield new WorkerStatus.Completed(
            progress(it.hasProgress(), it.getProgress()),
            total(it.hasLatencyTotal(), it.getLatencyTotal()),
            exec(it.hasExec(), it.getExec()));
      }
      case ERROR -> {
        var it = message.getError();
        yield new WorkerStatus.Error(
            text(it.getPath()),
            text(it.getReason()),
            progress(it.hasProgress(), it.getProgress()),
            total(it.hasLatencyTotal(), it.getLatencyTotal()),
            exec(it.hasExec(), it.getExec()));
      }
      case ABORTED -> {
        var it = message.getAborted();
        yield new WorkerStatus.Aborted(
            text(it.getReason()),
            progress(it.hasProgress(), it.getProgress()),
            total(it.hasLatencyTotal(), it.getLatencyTotal()),
            exec(it.hasExec(), it.getExec()));
      }
      case PONG, STATUS_NOT_SET ->
          throw new IllegalArgumentException("a numbered status says nothing");
    };
  }

  /** The clock in an answer to a ping. */
  static ClockReport clock(Pong pong) {
    return clock(pong.getClock());
  }

  /** A worker's text in one line of bearable length. */
  static String text(String raw) {
    String line = raw.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
  }

  private static WorkerStatus ready(org.carillon.control.wire.Ready it) {
    require(!it.getNodeId().isBlank(), "a worker has no name");
    require(
        !it.hasUdpPort() || (it.getUdpPort() >= 1 && it.getUdpPort() <= 65_535),
        it.getUdpPort() + " is no UDP port");
    return new WorkerStatus.Ready(
        text(it.getNodeId()),
        clock(it.getClock()),
        it.hasUdpPort() ? OptionalInt.of(it.getUdpPort()) : OptionalInt.empty(),
        text(it.getClockSpecification()),
        text(it.getInjectedFaults()));
  }

  private static Optional<WorkerStatus.Progress> progress(
      boolean present, org.carillon.control.wire.Progress it) {
    return present ? Optional.of(progress(it)) : Optional.empty();
  }

  private static WorkerStatus.Progress progress(org.carillon.control.wire.Progress it) {
    require(Double.isFinite(it.getRateHz()) && it.getRateHz() >= 0, "a rate is " + it.getRateHz());
    ClockReport clock = clock(it.getClock());
    ClockStatus status =
        clock.status() == ClockStatus.HOLDOVER ? ClockStatus.HOLDOVER : ClockStatus.SYNCHRONIZED;
    return new WorkerStatus.Progress(
        it.hasStart() ? Optional.of(reading(it.getStart(), status)) : Optional.empty(),
        it.hasStartKnownTrueTimeNs()
            ? OptionalLong.of(it.getStartKnownTrueTimeNs())
            : OptionalLong.empty(),
        counters(it.getCounters()),
        it.getRateHz(),
        it.hasLatency() ? latencies(it.getLatency()) : LatencyHistogram.EMPTY,
        clock,
        cpu(it.getCpu()));
  }

  private static Optional<LatencyHistogram> total(boolean present, Latency it) {
    return present ? Optional.of(latencies(it)) : Optional.empty();
  }

  private static LatencyHistogram latencies(Latency it) {
    return LatencyHistogram.decode(
        it.getNotNegative().toByteArray(), it.getNegative().toByteArray());
  }

  private static Optional<ExecResult> exec(
      boolean present, org.carillon.control.wire.ExecResult it) {
    if (!present) {
      return Optional.empty();
    }
    require(it.getElapsedDurationNs() >= 0, "a command took " + it.getElapsedDurationNs() + " ns");
    require(
        !it.hasExitCode() || (it.getExitCode() >= 0 && it.getExitCode() <= 255),
        it.getExitCode() + " is no exit code");
    return Optional.of(
        new ExecResult(
            it.hasExitCode() ? OptionalInt.of(it.getExitCode()) : OptionalInt.empty(),
            it.getElapsedDurationNs(),
            count(it.getStandardOutputBytes()),
            count(it.getStandardErrorBytes()),
            it.getOutputCut(),
            it.getTimedOut()));
  }

  private static Counters counters(org.carillon.control.wire.Counters it) {
    return new Counters(
        count(it.getReceived()),
        count(it.getDuplicates()),
        count(it.getUndecided()),
        count(it.getOutOfOrder()),
        count(it.getMissing()),
        count(it.getHighestEventId()),
        count(it.getForeign()),
        count(it.getMalformed()),
        count(it.getRowsWritten()),
        count(it.getRowsLost()),
        count(it.getReceiveErrors()),
        it.hasKernelDrops() ? OptionalLong.of(count(it.getKernelDrops())) : OptionalLong.empty());
  }

  private static long count(long value) {
    require(value >= 0, "a counter is " + Long.toUnsignedString(value));
    return value;
  }

  private static ClockReport clock(org.carillon.control.wire.ClockReport it) {
    ClockStatus status =
        switch (it.getStatus()) {
          case CLOCK_STATUS_SYNCHRONIZED -> ClockStatus.SYNCHRONIZED;
          case CLOCK_STATUS_HOLDOVER -> ClockStatus.HOLDOVER;
          case CLOCK_STATUS_UNSYNCHRONIZED, CLOCK_STATUS_UNSPECIFIED, UNRECOGNIZED ->
              ClockStatus.UNSYNCHRONIZED;
        };
    boolean known = status != ClockStatus.UNSYNCHRONIZED;
    return new ClockReport(
        status,
        known && it.hasReading() ? Optional.of(reading(it.getReading(), status)) : Optional.empty(),
        known && it.hasOffsetNs() && it.hasBoundNs()
            ? Optional.of(new MeasuredOffset(it.getOffsetNs(), it.getBoundNs()))
            : Optional.empty(),
        text(it.getEvidence()));
  }

  private static Reading reading(org.carillon.control.wire.Reading it, ClockStatus status) {
    return new Reading(it.getEarliestNs(), it.getBestNs(), it.getLatestNs(), status);
  }

  private static CpuShares cpu(Cpu it) {
    return new CpuShares(
        share(it.hasUserShare(), it.getUserShare()),
        share(it.hasSystemShare(), it.getSystemShare()),
        share(it.hasIowaitShare(), it.getIowaitShare()),
        share(it.hasProcessShare(), it.getProcessShare()));
  }

  private static OptionalDouble share(boolean present, double value) {
    require(
        !present || (Double.isFinite(value) && value >= 0), "a share of a processor is " + value);
    return present ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException(complaint);
    }
  }
}

package org.carillon.control.controller;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.statistics.LatencyRecorder;
import org.carillon.control.wire.ClockReport;
import org.carillon.control.wire.ClockStatus;
import org.carillon.control.wire.Completed;
import org.carillon.control.wire.Counters;
import org.carillon.control.wire.Latency;
import org.carillon.control.wire.Pong;
import org.carillon.control.wire.Progress;
import org.carillon.control.wire.Reading;
import org.carillon.control.wire.Ready;
import org.carillon.control.wire.Running;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.WorkloadSpec;

/** Messages and options as tests need them. */
final class Messages {

  static final long RUN = 0x1234_5678_9abc_def0L;
  static final long START_NS = 1_800_000_000_000_000_000L;

  private Messages() {}

  static ControllerOptions options(List<AgentAddress> agents) {
    return options(agents, Duration.ofMinutes(10));
  }

  static ControllerOptions options(List<AgentAddress> agents, Duration runDeadline) {
    return new ControllerOptions(
        agents,
        RUN,
        Optional.empty(),
        new WorkloadSpec.EventStream(List.of(), Duration.ofSeconds(2)),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        runDeadline,
        Duration.ofMillis(5),
        Duration.ofSeconds(30),
        Duration.ofMillis(200),
        false,
        new FailurePolicy.All(),
        new FailurePolicy.BestEffort());
  }

  static StatusMessage ready(long sequence, String node) {
    return status(sequence)
        .setReady(
            Ready.newBuilder()
                .setNodeId(node)
                .setUdpPort(9_000)
                .setClock(clock(1_000_000))
                .setClockSpecification("system"))
        .build();
  }

  static StatusMessage running(long sequence, long received, long... latenciesNs) {
    return status(sequence)
        .setRunning(Running.newBuilder().setProgress(progress(received, latenciesNs)))
        .build();
  }

  static StatusMessage completed(long sequence, long received, long... latenciesNs) {
    return status(sequence)
        .setCompleted(
            Completed.newBuilder()
                .setProgress(progress(received))
                .setLatencyTotal(latency(latenciesNs)))
        .build();
  }

  static StatusMessage pong(long number) {
    return status(0)
        .setPong(Pong.newBuilder().setNumber(number).setClock(clock(1_000_000)))
        .build();
  }

  static Progress progress(long received, long... latenciesNs) {
    return Progress.newBuilder()
        .setStart(
            Reading.newBuilder()
                .setEarliestNs(START_NS - 10)
                .setBestNs(START_NS)
                .setLatestNs(START_NS + 10))
        .setCounters(Counters.newBuilder().setReceived(received))
        .setLatency(latency(latenciesNs))
        .setClock(clock(1_000_000))
        .build();
  }

  static Latency latency(long... latenciesNs) {
    LatencyHistogram histogram = histogram(latenciesNs);
    return Latency.newBuilder()
        .setNotNegative(ByteString.copyFrom(histogram.notNegativeBytes()))
        .setNegative(ByteString.copyFrom(histogram.negativeBytes()))
        .build();
  }

  static LatencyHistogram histogram(long... latenciesNs) {
    LatencyRecorder recorder = new LatencyRecorder();
    for (long latencyNs : latenciesNs) {
      recorder.record(latencyNs);
    }
    return recorder.interval();
  }

  static ClockReport clock(long boundNs) {
    return ClockReport.newBuilder()
        .setStatus(ClockStatus.CLOCK_STATUS_SYNCHRONIZED)
        .setOffsetNs(0)
        .setBoundNs(boundNs)
        .setEvidence("server a")
        .build();
  }

  static StatusMessage.Builder status(long sequence) {
    return StatusMessage.newBuilder().setRunId(RUN).setSequence(sequence);
  }
}

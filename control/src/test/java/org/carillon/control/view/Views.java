package org.carillon.control.view;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.carillon.control.controller.RunView;
import org.carillon.control.controller.RunView.WorkerView;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.statistics.LatencyRecorder;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockStatus;

/** Pictures of a run. */
final class Views {

  static final Optional<SendProgress> SENDING =
      Optional.of(new SendProgress(12_000, 60_000, 0, Duration.ofSeconds(48)));

  private Views() {}

  static RunView running(WorkerView... workers) {
    return new RunView(RunView.Phase.RUNNING, "", Duration.ofSeconds(12), List.of(workers));
  }

  static RunView with(RunView.Phase phase, String waitingFor, WorkerView... workers) {
    return new RunView(phase, waitingFor, Duration.ofSeconds(60), List.of(workers));
  }

  static WorkerView collecting(String name, long received, long missing) {
    return new WorkerView(
        name,
        "collecting",
        Optional.empty(),
        counters(received, missing),
        999.96,
        latencies(-2_000, 41_000, 43_000, 1_200_000),
        new ClockReport(
            ClockStatus.SYNCHRONIZED,
            Optional.empty(),
            Optional.of(new MeasuredOffset(5_010_000, 210_000)),
            ""),
        new CpuShares(
            OptionalDouble.of(0.10),
            OptionalDouble.of(0.023),
            OptionalDouble.of(0),
            OptionalDouble.of(0.3)));
  }

  static WorkerView failed(String name, String reason) {
    return new WorkerView(
        name,
        "failed",
        Optional.of(reason),
        counters(345, 0),
        0,
        LatencyHistogram.EMPTY,
        ClockReport.UNKNOWN,
        CpuShares.UNKNOWN);
  }

  static Counters counters(long received, long missing) {
    return new Counters(
        received, 1, 0, 2, missing, received, 3, 0, received, 4, 0, OptionalLong.empty());
  }

  static LatencyHistogram latencies(long... valuesNs) {
    LatencyRecorder recorder = new LatencyRecorder();
    Arrays.stream(valuesNs).forEach(recorder::record);
    return recorder.interval();
  }
}

package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.ExecResult;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.run.WorkerEnd;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlFileTest {

  private static final WorkloadSpec EVENTS =
      new WorkloadSpec.EventStream(List.of(), Duration.ofSeconds(2));

  @TempDir private Path folder;

  @Test
  void tellsEveryWorkerAndAllTogether() throws IOException {
    JsonNode root =
        written(
            new RunOutcome(
                ExitCode.SOME_FAILED,
                "1 of 2 workers failed",
                OptionalLong.of(1_000),
                Optional.of(new StartSpread(1, 0, 0, 20)),
                OptionalLong.of(77),
                List.of(completed(), stopped())));
    assertThat(root.at("/schema").asInt()).isEqualTo(1);
    assertThat(root.at("/run_id").asText()).isEqualTo("00000000000000ff");
    assertThat(root.at("/workload").asText()).isEqualTo("events");
    assertThat(root.at("/command").isNull()).isTrue();
    assertThat(root.at("/exit_code").asInt()).isEqualTo(2);
    assertThat(root.at("/injected_faults").asText()).isEqualTo("loss=1%");
    assertThat(root.at("/last_event_id").asLong()).isEqualTo(77);
    assertThat(root.at("/start/spread_max_ns").asLong()).isEqualTo(20);
    assertThat(root.at("/start/known_true_spread_ns").asLong(-1)).isZero();
    assertThat(root.at("/start/sentence").asText()).startsWith("1 worker started, ");

    JsonNode one = root.at("/workers/0");
    assertThat(one.at("/node").asText()).isEqualTo("n1");
    assertThat(one.at("/state").asText()).isEqualTo("completed");
    assertThat(one.at("/control").asText()).isEqualTo("10.0.0.1:9100");
    assertThat(one.at("/start/best_ns").asLong()).isEqualTo(1_000);
    assertThat(one.at("/start/known_true_time_ns").asLong()).isEqualTo(1_003);
    assertThat(one.at("/counters/received").asLong()).isEqualTo(10);
    assertThat(one.at("/counters/kernel_drops").isNull()).isTrue();
    assertThat(one.at("/latency/n").asLong()).isEqualTo(3);
    assertThat(one.at("/latency/min_ns").asLong()).isNegative();
    assertThat(one.at("/latency_reconciled").asBoolean()).isTrue();
    assertThat(
            LatencyHistogram.decode(
                one.at("/latency_histogram/not_negative").binaryValue(),
                one.at("/latency_histogram/negative").binaryValue()))
        .isEqualTo(completed().latencies());
    assertThat(one.at("/clock/bound_ns").asLong()).isEqualTo(9);
    assertThat(one.at("/exec/exit_code").asInt()).isEqualTo(3);

    JsonNode other = root.at("/workers/1");
    assertThat(other.at("/state").asText()).isEqualTo("stopped");
    assertThat(other.at("/reason").asText()).isEqualTo("nobody listens");
    assertThat(other.at("/start").isNull()).isTrue();
    assertThat(other.at("/latency/n").asLong(-1)).isZero();
    assertThat(other.at("/latency").size()).isEqualTo(1);
    assertThat(other.at("/latency_reconciled").isNull()).isTrue();
    assertThat(other.at("/clock/offset_ns").isNull()).isTrue();
    assertThat(other.at("/exec").isNull()).isTrue();

    assertThat(root.at("/all/counters/received").asLong()).isEqualTo(10);
    assertThat(root.at("/all/latency/n").asLong()).isEqualTo(3);
  }

  @Test
  void aRunThatNeverStartedHasNoStart() throws IOException {
    JsonNode root =
        written(
            new RunOutcome(
                ExitCode.CONNECTION,
                "nobody",
                OptionalLong.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(stopped())));
    assertThat(root.at("/start").isNull()).isTrue();
    assertThat(root.at("/last_event_id").isNull()).isTrue();
  }

  @Test
  void tellsTheCommand() throws IOException {
    WorkloadSpec sleep =
        new WorkloadSpec.Exec(List.of("sleep", "1 s"), Map.of(), Duration.ofSeconds(2), 0);
    RunOutcome outcome =
        new RunOutcome(
            ExitCode.SUCCESS,
            "done",
            OptionalLong.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            List.of(completed()));
    JsonNode root = new ObjectMapper().readTree(ControlFile.text(255, sleep, "", outcome));
    assertThat(root.at("/command"))
        .hasToString("{\"argv\":[\"sleep\",\"1 s\"],\"timeout_ns\":2000000000}");
  }

  private JsonNode written(RunOutcome outcome) throws IOException {
    Path file = folder.resolve(ControlFile.NAME);
    ControlFile.write(file, 255, EVENTS, "loss=1%", outcome);
    return new ObjectMapper().readTree(file.toFile());
  }

  private static WorkerResult completed() {
    return new WorkerResult(
        "n1",
        new HostPort("10.0.0.1", 9100),
        WorkerEnd.COMPLETED,
        "",
        Optional.of(new Reading(990, 1_000, 1_010, ClockStatus.SYNCHRONIZED)),
        OptionalLong.of(1_003),
        new Counters(10, 1, 0, 0, 0, 9, 0, 0, 10, 0, 0, OptionalLong.empty()),
        Messages.histogram(-40, 100, 200),
        Optional.of(true),
        new ClockReport(
            ClockStatus.SYNCHRONIZED, Optional.empty(), Optional.of(new MeasuredOffset(5, 9)), "a"),
        2,
        Optional.of(new ExecResult(OptionalInt.of(3), 5, 6, 7, false, false)),
        "system",
        "");
  }

  private static WorkerResult stopped() {
    return new WorkerResult(
        "10.0.0.2:9100",
        new HostPort("10.0.0.2", 9100),
        WorkerEnd.STOPPED,
        "nobody listens",
        Optional.empty(),
        OptionalLong.empty(),
        Counters.ZERO,
        LatencyHistogram.EMPTY,
        Optional.empty(),
        ClockReport.UNKNOWN,
        0,
        Optional.empty(),
        "",
        "");
  }
}

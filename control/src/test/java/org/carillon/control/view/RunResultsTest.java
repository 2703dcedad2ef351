package org.carillon.control.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.carillon.control.controller.RunOutcome;
import org.carillon.control.controller.WorkerResult;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.workload.ExecResult;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.CommandResults;
import org.carillon.core.run.ResultsTable;
import org.carillon.core.run.WorkerEnd;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunResultsTest {

  @TempDir Path folder;

  @Test
  void lineForEachWorkerAndOneForAllWithTheirMergedPercentiles() {
    List<Map<String, String>> lines =
        RunResults.events(
            outcome(
                OptionalLong.of(1_000),
                worker("n1", WorkerEnd.COMPLETED, Views.counters(1_000, 0), latencies(1, 900)),
                worker("n2", WorkerEnd.STOPPED, Views.counters(400, 5), latencies(901, 1_000))));

    assertThat(lines).extracting(line -> line.get("node")).containsExactly("n1", "n2", "all");
    assertThat(lines)
        .extracting(line -> line.get("outcome"))
        .containsExactly("ok", "stopped", "1/2 ok");
    assertThat(lines)
        .extracting(line -> line.get("received"))
        .containsExactly("1000", "400", "1400");
    assertThat(lines).extracting(line -> line.get("lost")).containsExactly("0", "5", "5");
    assertThat(lines).extracting(line -> line.get("p50_ns")).containsExactly("450", "950", "500");
    assertThat(lines).extracting(line -> line.get("p999_ns")).containsExactly("900", "1000", "999");
    assertThat(lines).extracting(line -> line.get("max_ns")).containsExactly("900", "1000", "1000");
    assertThat(lines)
        .allSatisfy(line -> assertThat(ResultsTable.COLUMNS).containsAll(line.keySet()));
  }

  @Test
  void runOfCommandsHasColumnsOfItsOwn() throws IOException {
    Path file = folder.resolve("results.tsv");
    RunResults.write(
        file,
        new WorkloadSpec.Exec(List.of("true"), Map.of(), Duration.ofSeconds(2), 0),
        outcome(
            OptionalLong.empty(),
            worker(
                "n1",
                WorkerEnd.COMPLETED,
                Counters.ZERO,
                LatencyHistogram.EMPTY,
                Optional.of(new Reading(990, 1_000, 1_010, ClockStatus.SYNCHRONIZED)),
                Optional.of(new ExecResult(OptionalInt.of(0), 5, 6, 7, false, false))),
            worker("n2", WorkerEnd.STOPPED, Counters.ZERO, LatencyHistogram.EMPTY)));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            String.join("\t", CommandResults.COLUMNS),
            "n1\tok\t0\t5\t1000\t6\t7\tfalse\t",
            "n2\tstopped\t\t\t\t\t\t\tit died",
            "all\t1/2 ok\t\t\t\t\t\t\t");
  }

  private static LatencyHistogram latencies(long fromNs, long toNs) {
    return Views.latencies(LongStream.rangeClosed(fromNs, toNs).toArray());
  }

  private static RunOutcome outcome(OptionalLong lastEventId, WorkerResult... workers) {
    return new RunOutcome(
        ExitCode.SUCCESS,
        "",
        OptionalLong.empty(),
        Optional.empty(),
        lastEventId,
        List.of(workers));
  }

  private static WorkerResult worker(
      String node, WorkerEnd end, Counters counters, LatencyHistogram latencies) {
    return worker(node, end, counters, latencies, Optional.empty(), Optional.empty());
  }

  private static WorkerResult worker(
      String node,
      WorkerEnd end,
      Counters counters,
      LatencyHistogram latencies,
      Optional<Reading> start,
      Optional<ExecResult> exec) {
    return new WorkerResult(
        node,
        new HostPort("127.0.0.1", 1),
        end,
        end == WorkerEnd.COMPLETED ? "" : "it died",
        start,
        OptionalLong.empty(),
        counters,
        latencies,
        Optional.of(true),
        ClockReport.UNKNOWN,
        0,
        exec,
        "system",
        "");
  }
}

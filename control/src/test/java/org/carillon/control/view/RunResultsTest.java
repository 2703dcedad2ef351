package org.carillon.control.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.carillon.control.controller.RunOutcome;
import org.carillon.control.controller.WorkerResult;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.ResultsTable;
import org.junit.jupiter.api.Test;

class RunResultsTest {

  @Test
  void lineForEachWorkerAndOneForAllWithTheirMergedPercentiles() {
    List<Map<String, String>> lines =
        RunResults.lines(
            outcome(
                OptionalLong.of(1_000),
                worker("n1", true, Views.counters(1_000, 0), latencies(1, 900)),
                worker("n2", false, Views.counters(400, 5), latencies(901, 1_000))));

    assertThat(lines).extracting(line -> line.get("node")).containsExactly("n1", "n2", "all");
    assertThat(lines)
        .extracting(line -> line.get("outcome"))
        .containsExactly("ok", "failed", "1/2 ok");
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
  void commandHasNoEventsAndNoLatencies() {
    assertThat(
            RunResults.lines(
                outcome(
                    OptionalLong.empty(),
                    worker("n1", true, Counters.ZERO, LatencyHistogram.EMPTY))))
        .containsExactly(
            Map.of("node", "n1", "outcome", "ok", "latency_n", "0"),
            Map.of("node", "all", "outcome", "1/1 ok", "latency_n", "0"));
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
      String node, boolean completed, Counters counters, LatencyHistogram latencies) {
    return new WorkerResult(
        node,
        new HostPort("127.0.0.1", 1),
        completed,
        completed ? "" : "it died",
        Optional.empty(),
        OptionalLong.empty(),
        counters,
        latencies,
        Optional.of(true),
        ClockReport.UNKNOWN,
        0,
        Optional.empty(),
        "system",
        "");
  }
}

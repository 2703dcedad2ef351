package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.carillon.control.controller.WorkerState.Failed;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.core.ExitCode;
import org.carillon.core.net.HostPort;
import org.carillon.core.run.WorkerEnd;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final WorkerState RUNNING = new WorkerState.Collecting();

  @Test
  void theCodeOfARunThatCameToItsEndTellsHowManyCompleted() {
    assertThat(Verdict.of(List.of(completed("a"), completed("b"))))
        .isEqualTo(new Verdict(ExitCode.SUCCESS, "all 2 workers completed"));
    assertThat(Verdict.of(List.of(completed("a"), failed("b"))))
        .isEqualTo(new Verdict(ExitCode.SOME_FAILED, "1 of 2 workers failed: b (gone)"));
    assertThat(Verdict.of(List.of(failed("b"))))
        .isEqualTo(new Verdict(ExitCode.ALL_FAILED, "no worker completed: b (gone)"));
  }

  @Test
  void theCodeOfABrokenPolicyTellsWhy() {
    assertThat(broken(failure(Failed.Kind.CONNECTION), new WorkerState.Connecting()))
        .isEqualTo(ExitCode.CONNECTION);
    assertThat(broken(failure(Failed.Kind.CONFIGURATION), RUNNING)).isEqualTo(ExitCode.USAGE);
    assertThat(broken(failure(Failed.Kind.CLOCK), failure(Failed.Kind.FAULT)))
        .isEqualTo(ExitCode.CLOCKS);
    assertThat(broken(failure(Failed.Kind.FAULT), failure(Failed.Kind.CONFIGURATION)))
        .isEqualTo(ExitCode.ALL_FAILED);
    assertThat(broken(failure(Failed.Kind.CONNECTION), RUNNING)).isEqualTo(ExitCode.SOME_FAILED);
  }

  @Test
  void ofManyNamesTheLastAreCounted() {
    List<String> names = IntStream.rangeClosed(1, 10).mapToObj(i -> "n" + i).toList();
    assertThat(Verdict.names(names)).isEqualTo("n1, n2, n3, n4, n5, n6, n7, n8 and 2 more");
    assertThat(Verdict.names(names.subList(0, 2))).isEqualTo("n1, n2");
  }

  private static ExitCode broken(WorkerState... states) {
    return Verdict.brokenPolicy(
            "running", new FailurePolicy.All(), List.of(states), List.of(failed("a")))
        .exitCode();
  }

  private static Failed failure(Failed.Kind kind) {
    return new Failed(kind, "gone");
  }

  private static WorkerResult completed(String node) {
    return result(node, WorkerEnd.COMPLETED, "");
  }

  private static WorkerResult failed(String node) {
    return result(node, WorkerEnd.FAILED, "gone");
  }

  private static WorkerResult result(String node, WorkerEnd end, String reason) {
    return new WorkerResult(
        node,
        new HostPort("10.0.0.1", 9100),
        end,
        reason,
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

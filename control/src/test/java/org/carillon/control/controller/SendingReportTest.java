package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.control.statistics.LatenessRecorder;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;

class SendingReportTest {

  private static RunOutcome outcome(ExitCode code) {
    return new RunOutcome(
        code,
        "all 2 workers completed",
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.of(3),
        List.of());
  }

  private static SendingReport report(OptionalLong limitNs, long lateEvents) {
    LatenessRecorder lateness = new LatenessRecorder();
    lateness.record(100);
    lateness.record(200);
    lateness.record(1_500_000);
    return new SendingReport(
        "5 events/s", OptionalLong.of(7), lateness.total(), limitNs, lateEvents);
  }

  @Test
  void lateEventsSpoilASuccessAndNothingElse() {
    SendingReport late = report(OptionalLong.of(1_000_000), 1);
    RunOutcome spoilt = outcome(ExitCode.SUCCESS).with(late);
    assertThat(spoilt.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(spoilt.sentence())
        .isEqualTo("all 2 workers completed; 1 of 3 events were sent more than 1ms late");
    assertThat(outcome(ExitCode.ABORTED).with(late).exitCode()).isEqualTo(ExitCode.ABORTED);

    RunOutcome well = outcome(ExitCode.SUCCESS).with(report(OptionalLong.of(2_000_000), 0));
    assertThat(well.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(well.sentence()).isEqualTo("all 2 workers completed");
  }

  @Test
  void standsInTheControlFile() throws IOException {
    JsonNode sending =
        control(outcome(ExitCode.SUCCESS).with(report(OptionalLong.empty(), 0))).path("sending");
    assertThat(sending.path("schedule").asText()).isEqualTo("5 events/s");
    assertThat(sending.path("seed").asLong()).isEqualTo(7);
    assertThat(sending.path("late_events").asLong(-1)).isZero();
    assertThat(sending.path("max_lateness_ns").isNull()).isTrue();
    assertThat(sending.at("/lateness/n").asLong()).isEqualTo(3);
    assertThat(sending.at("/lateness/p50_ns").asLong()).isEqualTo(200);
    assertThat(control(outcome(ExitCode.SUCCESS)).path("sending").isNull()).isTrue();
  }

  private static JsonNode control(RunOutcome outcome) throws IOException {
    WorkloadSpec events = new WorkloadSpec.EventStream(List.of(), Duration.ZERO);
    return new ObjectMapper().readTree(ControlFile.text(1, events, "", outcome));
  }
}

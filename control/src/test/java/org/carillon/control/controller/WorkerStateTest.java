package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.carillon.control.controller.WorkerEvent.Answered;
import org.carillon.control.controller.WorkerEvent.CalledOff;
import org.carillon.control.controller.WorkerEvent.GivenUp;
import org.carillon.control.controller.WorkerEvent.StartSent;
import org.carillon.control.controller.WorkerEvent.Told;
import org.carillon.control.controller.WorkerState.Failed;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.statistics.Counters;
import org.carillon.control.statistics.CpuShares;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.core.run.WorkerEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorkerStateTest {

  private static final Failed GIVEN_UP = new Failed(Failed.Kind.CONNECTION, "gone");

  private static final Map<String, WorkerState> STATES =
      Map.of(
          "connecting", new WorkerState.Connecting(),
          "config-sent", new WorkerState.ConfigSent(),
          "ready", new WorkerState.Ready(),
          "start-sent", new WorkerState.StartSent(),
          "collecting", new WorkerState.Collecting(),
          "completed", new WorkerState.Completed(),
          "failed", new Failed(Failed.Kind.FAULT, "before"));

  private static final Map<String, WorkerEvent> EVENTS =
      Map.of(
          "answered", new Answered(),
          "ready",
              new Told(
                  new WorkerStatus.Ready(
                      "n1", ClockReport.UNKNOWN, OptionalInt.empty(), "system", "")),
          "running", new Told(new WorkerStatus.Running(progress())),
          "completed",
              new Told(
                  new WorkerStatus.Completed(Optional.empty(), Optional.empty(), Optional.empty())),
          "error", new Told(error("state.ready")),
          "aborted", new Told(aborted()),
          "called-off", new CalledOff(aborted()),
          "start", new StartSent(),
          "given-up", new GivenUp(GIVEN_UP));

  /** What comes of every event in every state; {@code !} is a failure of the kind that follows. */
  private static final List<String> TABLE =
      List.of(
          "state       | answered    | ready     | running    | completed | error  | aborted  | called-off  | start      | given-up",
          "connecting  | config-sent | ready     | !FAULT     | !FAULT    | !FAULT | !ABORTED | !CALLED_OFF | connecting | !CONNECTION",
          "config-sent | config-sent | ready     | !FAULT     | !FAULT    | !FAULT | !ABORTED | !CALLED_OFF | config-sent | !CONNECTION",
          "ready       | ready       | !FAULT    | !FAULT     | !FAULT    | !FAULT | !ABORTED | !CALLED_OFF | start-sent | !CONNECTION",
          "start-sent  | start-sent  | !FAULT    | collecting | completed | !FAULT | !ABORTED | !CALLED_OFF | start-sent | !CONNECTION",
          "collecting  | collecting  | !FAULT    | collecting | completed | !FAULT | !ABORTED | !CALLED_OFF | collecting | !CONNECTION",
          "completed   | completed   | completed | completed  | completed | completed | completed | completed   | completed | completed",
          "failed      | failed      | failed    | failed     | failed    | failed | failed   | failed      | failed     | failed");

  static Stream<Arguments> cells() {
    String[] events = TABLE.getFirst().split("\\|");
    return TABLE.stream()
        .skip(1)
        .map(row -> row.split("\\|"))
        .flatMap(
            row ->
                Stream.iterate(1, column -> column < row.length, column -> column + 1)
                    .map(
                        column ->
                            Arguments.of(
                                row[0].strip(), events[column].strip(), row[column].strip())));
  }

  @ParameterizedTest(name = "{0} × {1} → {2}")
  @MethodSource("cells")
  void everyStateKnowsWhatFollowsOnEveryEvent(String before, String event, String after) {
    WorkerState reached = STATES.get(before).after(EVENTS.get(event));
    if (after.startsWith("!")) {
      assertThat(reached)
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.kind()).hasToString(after.substring(1));
                assertThat(failed.reason()).isNotBlank();
              });
    } else {
      assertThat(reached).isEqualTo(STATES.get(after));
    }
  }

  @Test
  void theTableHasEveryStateAndEveryEvent() {
    assertThat(cells().count()).isEqualTo((long) STATES.size() * EVENTS.size());
  }

  @ParameterizedTest
  @CsvSource({"config,true", "config.exec.argv,true", "configure,false", "state.running,false"})
  void anErrorWithAPathInTheConfigurationIsARefusalOfIt(String path, boolean refusal) {
    assertThat(new WorkerState.ConfigSent().after(new Told(error(path))))
        .isEqualTo(
            new Failed(
                refusal ? Failed.Kind.CONFIGURATION : Failed.Kind.FAULT, path + ": does not work"));
  }

  @Test
  void onlyWhoEndedSinceTheRunWasCalledOffIsStopped() {
    WorkerState collecting = new WorkerState.Collecting();
    assertThat(new WorkerState.Completed().end()).isEqualTo(WorkerEnd.COMPLETED);
    assertThat(collecting.after(new CalledOff(aborted())).end()).isEqualTo(WorkerEnd.STOPPED);
    assertThat(collecting.after(new Told(aborted())).end()).isEqualTo(WorkerEnd.FAILED);
    assertThat(collecting.after(new GivenUp(GIVEN_UP)).end()).isEqualTo(WorkerEnd.FAILED);
    assertThat(collecting.end()).isEqualTo(WorkerEnd.FAILED);
  }

  private static WorkerStatus.Aborted aborted() {
    return new WorkerStatus.Aborted("told", Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static WorkerStatus error(String path) {
    return new WorkerStatus.Error(
        path, "does not work", Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static WorkerStatus.Progress progress() {
    return new WorkerStatus.Progress(
        Optional.empty(),
        OptionalLong.empty(),
        Counters.ZERO,
        0,
        LatencyHistogram.EMPTY,
        ClockReport.UNKNOWN,
        CpuShares.UNKNOWN);
  }
}

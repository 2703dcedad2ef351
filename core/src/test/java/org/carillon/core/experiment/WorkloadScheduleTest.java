package org.carillon.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When events are due, and how closely the coordinator keeps to that. */
class WorkloadScheduleTest {

  private static final String SMALL =
      """
      name: small
      time: {servers: ntp1}
      nodes: {a: {host: local}}
      """;

  @TempDir private Path folder;

  private ExperimentLoader.Loaded load(String yaml, String... settings) {
    try {
      Path file = Files.writeString(folder.resolve("experiment.yaml"), yaml);
      return ExperimentLoader.load(file, List.of(settings), folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Experiment.EventStream events(ExperimentLoader.Loaded loaded) {
    return (Experiment.EventStream) loaded.experiment().workload();
  }

  private String complaint(String... settings) {
    CarillonException fault =
        catchThrowableOfType(CarillonException.class, () -> load(SMALL, settings));
    assertThat(fault).as("nothing was refused").isNotNull();
    return fault.getMessage();
  }

  @Test
  void everyKeyReachesItsPlace() {
    Experiment.EventStream events =
        events(
            load(
                SMALL
                    + """
                      coordinator: {spin: 1ms, send_cpu: 3, max_lateness: 2ms, transmit_times: on}
                      workload: {rate: 50, arrivals: poisson, burst: 4, seed: 9, catch_up: true}
                      """));
    assertThat(events.arrivals()).isEqualTo(Arrivals.POISSON);
    assertThat(events.burst()).isEqualTo(4);
    assertThat(events.seed()).contains(9L);
    assertThat(events.scheduledDuration()).isEqualTo(Duration.ofSeconds(20));
    assertThat(events.punctuality())
        .isEqualTo(
            new Experiment.Punctuality(
                Duration.ofMillis(1),
                OptionalInt.of(3),
                Optional.of(Duration.ofMillis(2)),
                true,
                TransmitTimes.ON));
  }

  @Test
  void aResolvedFileWithNothingOfThisCanBeRunAgain() {
    ExperimentLoader.Loaded first = load(SMALL);
    assertThat(load(first.resolvedYaml()).experiment()).isEqualTo(first.experiment());
  }

  @Test
  void aSeedThatIsDrawnStandsInTheResolvedFile() {
    ExperimentLoader.Loaded first = load(SMALL + "workload: {rate: 50, arrivals: poisson}\n");
    assertThat(events(first).seed()).isPresent();
    assertThat(load(first.resolvedYaml()).experiment()).isEqualTo(first.experiment());
  }

  @Test
  void aRecordingSaysHowManyEventsThereAreAndHowLongTheyTake() throws IOException {
    Path file = folder.resolve("old.csv");
    Files.writeString(file, "send_time_ns\n1000000000\n2000000000\n4000000000\n");
    ExperimentLoader.Loaded all = load(SMALL + "workload: {replay: old.csv}\n");
    assertThat(events(all).replay()).contains(new Experiment.Replay(file, Duration.ofSeconds(3)));
    assertThat(events(all).events()).isEqualTo(3);
    assertThat(all.resolvedYaml()).contains("replay: " + file, "events: 3");
    assertThat(load(all.resolvedYaml()).experiment()).isEqualTo(all.experiment());

    ExperimentLoader.Loaded some = load(SMALL + "workload: {replay: old.csv, events: 2}\n");
    assertThat(events(some).scheduledDuration()).isEqualTo(Duration.ofSeconds(1));

    assertThat(complaint("workload.replay=old.csv", "workload.events=4"))
        .contains("workload.events: 4 are more than " + file + " has, which are 3");
  }

  @Test
  void theDeadlineOfARecordingIsRoundedUpToWholeSeconds() throws IOException {
    Files.writeString(folder.resolve("old.csv"), "send_time_ns\n1000000000\n2000000001\n");
    ExperimentLoader.Loaded loaded = load(SMALL + "workload: {replay: old.csv}\n");
    assertThat(loaded.experiment().deadlines().run().toNanosPart()).isZero();
    Duration oneSecond =
        load(SMALL + "workload: {events: 10, target_duration: 1s}\n")
            .experiment()
            .deadlines()
            .run();
    assertThat(loaded.experiment().deadlines().run()).isEqualTo(oneSecond);
  }

  @Test
  void aPatternHasNamesAndDurations() {
    ExperimentLoader.Loaded first = load(SMALL + "workload: {pattern: 'fast,5ms,100us'}\n");
    assertThat(events(first).pattern())
        .extracting(Pace::delay)
        .containsExactly(Duration.ofMillis(10), Duration.ofMillis(5), Duration.ofNanos(100_000));
    assertThat(load(first.resolvedYaml()).experiment()).isEqualTo(first.experiment());
    assertThat(complaint("workload.pattern=fast,-5ms"))
        .contains("'-5ms' is no delay of a pattern: use fast, medium, slow, very_slow or");
  }

  @Test
  void aRecordingThatIsNoneIsNamedAtOnce() throws IOException {
    assertThat(complaint("workload.replay=none.csv"))
        .contains("workload.replay: there is no file " + folder.resolve("none.csv"));
    Files.writeString(folder.resolve("bad.csv"), "send_time_ns\nsoon\n");
    assertThat(complaint("workload.replay=bad.csv"))
        .contains("workload.replay: " + folder.resolve("bad.csv") + ":2: send_time_ns: 'soon'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "workload.arrivals=poisson | workload.arrivals: poisson needs a workload.rate",
        "workload.burst=2          | workload.burst: needs a workload.rate",
        "workload.burst=0          | workload.burst: 0 is not a whole number",
        "workload.seed=2           | workload.seed: is for workload.arrivals: poisson",
        "workload.arrivals=random  | 'random' is not constant or poisson",
        "coordinator.send_cpu=-1   | coordinator.send_cpu: -1 is not a whole number",
        "coordinator.spin=fast     | coordinator.spin: 'fast' is not a duration",
        "coordinator.transmit_times=yes | 'yes' is not auto or on or off"
      })
  void whatContradictsItselfIsRefused(String setting, String sentence) {
    assertThat(complaint(setting)).contains(sentence);
  }

  @Test
  void aRecordingAndARateExcludeEachOther() throws IOException {
    Files.writeString(folder.resolve("old.csv"), "send_time_ns\n1\n");
    assertThat(complaint("workload.replay=old.csv", "workload.rate=5"))
        .contains("workload.replay: cannot stand beside workload.rate");
  }

  @Test
  void aCommandKnowsNothingOfThis() {
    String exec = SMALL + "workload: {kind: exec, command: [sleep, '1']}\n";
    assertThat(load(exec).resolvedYaml()).doesNotContain("spin", "arrivals", "burst", "catch_up");
  }
}

package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.ExitCode;
import org.carillon.events.send.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kinds of schedules of the executable coordinator, and what it tells of how they were kept.
 */
class ScheduleIT {

  @TempDir private Path folder;

  private Program.Result coordinate(String output, Object... arguments) {
    try (Events.ReadyWorker worker = Events.worker(folder, "of_" + output)) {
      return Program.named("coordinator")
          .with("--workers", "127.0.0.1:" + worker.port(), "--progress", "none")
          .with("--output", folder.resolve(output))
          .with(arguments)
          .run();
    }
  }

  private List<Long> offsetsNs(Path file) {
    List<CSVRecord> rows = Events.rows(file);
    long firstNs = Long.parseLong(rows.getFirst().get("scheduled_time_ns"));
    return rows.stream()
        .map(row -> Long.parseLong(row.get("scheduled_time_ns")) - firstNs)
        .toList();
  }

  private static List<Long> offsetsNs(Schedule schedule, int events) {
    Schedule.Cursor cursor = schedule.walk();
    List<Long> offsets = new ArrayList<>(List.of(0L));
    while (offsets.size() < events) {
      offsets.add(cursor.next());
    }
    return offsets;
  }

  /** How many events left after their scheduled time; one may leave in its very nanosecond. */
  private static long late(Path coordinatorCsv) {
    return Events.rows(coordinatorCsv).stream()
        .filter(row -> Long.parseLong(row.get("lateness_ns")) > 0)
        .count();
  }

  @Test
  void randomBurstsAreThoseOfTheirSeedAndARecordingOfThemIsTheSameAgain() {
    Program.Result first =
        coordinate(
            "first.csv",
            "--rate",
            2_000,
            "--arrivals",
            "poisson",
            "--burst",
            3,
            "--seed",
            7,
            "--num-events",
            300);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err())
        .contains("2000.000 events/s on average, Poisson arrivals with seed 7, in bursts of 3")
        .containsPattern(
            "300 of 300 events sent in .* s, late by .* \\(p50\\), .* at most; 300 rows");
    assertThat(offsetsNs(folder.resolve("first.csv")))
        .isEqualTo(offsetsNs(Schedule.poisson(new BigDecimal(2_000), 3, 7), 300));

    Program.Result second =
        coordinate("second.csv", "--replay", folder.resolve("first.csv"), "--no-spin");
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(offsetsNs(folder.resolve("second.csv")))
        .isEqualTo(offsetsNs(folder.resolve("first.csv")));
  }

  @Test
  void aSeedThatIsDrawnIsLogged() {
    Program.Result result =
        coordinate("a.csv", "--rate", 1_000, "--arrivals", "poisson", "--num-events", 5);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).containsPattern("Poisson arrivals with seed [1-9]\\d*");
  }

  @Test
  void eventsThatAreTooLateMarkTheRun() {
    Program.Result result =
        coordinate("a.csv", "--rate", 1_000, "--num-events", 50, "--max-lateness", "0s");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.SOME_FAILED.code());
    Path file = folder.resolve("a.csv");
    assertThat(Events.rows(file)).hasSize(50);
    assertThat(late(file)).isPositive();
    assertThat(result.err())
        .contains("WARN", late(file) + " of 50 events were sent more than 0s late");
  }

  @Test
  void theExampleWithPoissonArrivalsRunsAndTellsHowLateItWas() throws IOException {
    ExperimentFolder experiments = new ExperimentFolder(Files.createDirectory(folder.resolve("x")));
    Program.Result result =
        experiments
            .deploy(Program.checkout().resolve("examples/poisson.yaml"))
            .with("--set", "workload.events=2000", "--set", "worker.warmup=2s")
            .with("--set", "coordinator.max_lateness=0s")
            .run();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.SOME_FAILED.code());
    Path run = experiments.run("poisson");
    long late = late(run.resolve("coordinator.csv"));
    assertThat(late).isPositive();
    assertThat(result.out() + result.err())
        .contains(
            "all 2 workers completed; " + late + " of 2000 events were sent more than 0s late");
    assertThat(offsetsNs(run.resolve("coordinator.csv")))
        .isEqualTo(offsetsNs(Schedule.poisson(new BigDecimal(2_000), 1, 7), 2_000));
    JsonNode sending = ExperimentFolder.json(run.resolve("control.json")).path("sending");
    assertThat(sending.path("seed").asLong()).isEqualTo(7);
    assertThat(sending.path("late_events").asLong()).isEqualTo(late);
    assertThat(sending.path("max_lateness_ns").asLong(-1)).isZero();
    assertThat(sending.at("/lateness/n").asLong()).isEqualTo(2_000);
    assertThat(sending.at("/lateness/p50_ns").asLong()).isPositive();
  }
}

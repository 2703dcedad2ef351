package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.ExitCode;
import org.carillon.core.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorIT {

  private static final String RUN_ID = "00c0ffee00c0ffee";

  @TempDir private Path folder;

  private Path output() {
    return folder.resolve("out/coordinator.csv");
  }

  private static String at(Events.ReadyWorker worker) {
    return "127.0.0.1:" + worker.port();
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "json"})
  void everyEventComesToEveryWorkerAndProgramsCanFollow(String wire) throws IOException {
    try (Events.ReadyWorker one = Events.worker(folder, "n1", "--run-id", RUN_ID);
        Events.ReadyWorker two =
            Events.worker(folder, "n2", "--run-id", RUN_ID, "--clock", "simulated:offset=-7ms")) {
      Program.Result result =
          Program.named("coordinator")
              .with("--workers", at(one) + "," + at(two), "--num-events", 300, "--wire", wire)
              .with("--target-duration", "1.5", "--run-id", RUN_ID, "--payload-size", 100)
              .with("--progress", "json", "--output", output())
              .run();
      assertThat(result.exitCode()).as(result.err()).isZero();
      List<JsonNode> progress = result.out().lines().map(CoordinatorIT::json).toList();
      assertThat(progress).hasSizeGreaterThanOrEqualTo(2);
      assertThat(progress.getLast().path("state").asText()).isEqualTo("finished");
      assertThat(progress.getLast().path("sent").asInt()).isEqualTo(300);
      assertThat(progress.getLast().path("failed_sends").asInt(-1)).isZero();
      assertThat(result.err()).contains(RUN_ID, "300 of 300 events sent", "300 rows written");
      for (String node : List.of("n1", "n2")) {
        Path file = folder.resolve("worker_" + node + ".csv");
        Program.await(node + " has all", Events.DEADLINE, () -> Events.lines(file) == 301);
      }
    }
    List<CSVRecord> sent = Events.rows(output());
    assertThat(sent).hasSize(300);
    for (CSVRecord row : sent) {
      long index = row.getRecordNumber() - 1;
      assertThat(row.get("event_id")).isEqualTo(String.valueOf(index + 1));
      assertThat(ns(row, "scheduled_time_ns") - ns(sent.getFirst(), "scheduled_time_ns"))
          .isEqualTo(5_000_000 * index);
      // Never early; the machine's clock may be slewed meanwhile, by 500 ppm at most.
      assertThat(ns(row, "send_time_ns") - ns(row, "scheduled_time_ns"))
          .isGreaterThan(-500 * 1_500);
    }
    assertThat(Events.rows(folder.resolve("worker_n2.csv")))
        .extracting(row -> row.get("coordinator_send_time_ns"))
        .isEqualTo(sent.stream().map(row -> row.get("send_time_ns")).toList());
  }

  private static long ns(CSVRecord row, String column) {
    return Long.parseLong(row.get(column));
  }

  private static JsonNode json(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalEndsItWithThreeAndEveryEventThatWasSentHasItsRow(String signal) {
    try (Events.ReadyWorker worker = Events.worker(folder, "n1");
        Program.Running coordinator =
            Program.named("coordinator")
                .with("--workers", at(worker), "--num-events", 1_000_000, "--rate", 500)
                .with("--progress", "none", "--output", output())
                .start()) {
      Path received = folder.resolve("worker_n1.csv");
      Program.await("events come", Events.DEADLINE, () -> Events.lines(received) > 50);
      coordinator.signal(signal);
      Program.Result result = coordinator.await(Events.DEADLINE);
      assertThat(result.exitCode()).isEqualTo(ExitCode.ABORTED.code());
      worker.running().signal("TERM");
      assertThat(worker.running().await(Events.DEADLINE).exitCode()).isZero();
      assertThat(Events.rows(output())).hasSameSizeAs(Events.rows(received));
    }
  }

  @Test
  void aSignalEndsAWarmUpToo() {
    try (Program.Running coordinator =
        Program.named("coordinator")
            .with("--workers", "127.0.0.1:" + FreePort.next(), "--warmup", "1h")
            .with("--output", output())
            .start()) {
      Program.await("it has begun", Events.DEADLINE, () -> Files.exists(output()));
      coordinator.signal("INT");
      assertThat(coordinator.await(Events.DEADLINE).exitCode()).isEqualTo(ExitCode.ABORTED.code());
      assertThat(Events.rows(output())).isEmpty();
    }
  }

  @Test
  void aWorkerThatDiesIsNamedAndTheOthersGetEveryEvent() {
    try (Events.ReadyWorker staying = Events.worker(folder, "n1");
        Events.ReadyWorker dying = Events.worker(folder, "n2", "--inject", "die-at-event=20")) {
      Program.Result result =
          Program.named("coordinator")
              .with("--workers", at(dying) + "," + at(staying), "--num-events", 400)
              .with("--rate", 100, "--progress", "lines", "--output", output())
              .run();
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED.code());
      assertThat(result.err())
          .contains("sending to worker " + at(dying) + " failed: nobody listens on that port");
      assertThat(result.err().split("sending to worker", -1)).hasSize(2);
      Path ofStaying = folder.resolve("worker_n1.csv");
      Program.await("all have come", Events.DEADLINE, () -> Events.lines(ofStaying) == 401);
    }
    List<CSVRecord> sent = Events.rows(output());
    assertThat(sent).hasSize(400);
    assertThat(sent.getFirst().get("workers_failed")).isEmpty();
    assertThat(sent.getFirst().get("workers_sent")).contains(",");
    assertThat(sent.getLast().get("workers_failed")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, NO_DATA", "5, ALL_FAILED"})
  void nothingToSendAndNobodyToSendToAreNoSuccess(int events, ExitCode expected) {
    Program.Result result =
        Program.named("coordinator")
            .with("--workers", "127.0.0.1:" + FreePort.next(), "--num-events", events)
            .with("--rate", 100, "--output", output())
            .run();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(expected.code());
    assertThat(Events.rows(output())).hasSize(events);
  }

  @Test
  void everyWorkerWithoutAnAddressIsNamedBeforeAnythingIsWritten() {
    Program.Result result =
        Program.named("coordinator")
            .with("--workers", "no-such-host.invalid:1,127.0.0.1:1,nor-this.invalid:2")
            .with("--output", output())
            .run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.CONNECTION.code());
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .contains("no-such-host.invalid:1, nor-this.invalid:2")
        .doesNotContain("127.0.0.1");
    assertThat(output()).doesNotExist();
  }

  @Test
  void optionsMayStandInAFileAndTheCommandLineCountsMore() throws IOException {
    try (Events.ReadyWorker worker = Events.worker(folder, "n1")) {
      Path config =
          Files.writeString(
              folder.resolve("coordinator.yaml"),
              """
              workers: [%s]
              num_events: 100000
              pattern: [1ms, 2ms]
              wire: json
              progress: none
              output: %s
              """
                  .formatted(at(worker), output()));
      Program.Result result =
          Program.named("coordinator").with("--config", config, "--num-events", 5).run();
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(Events.rows(output()))
          .extracting(row -> row.get("pattern_delay_ms"))
          .containsExactly("1.000000", "2.000000", "1.000000", "2.000000", "1.000000");
    }
  }

  @Test
  void onATerminalThereIsABarAndElsewhereThereIsNone() {
    try (Events.ReadyWorker worker = Events.worker(folder, "n1")) {
      String command =
          "%s --workers %s --num-events 30 --rate 50 --output %s"
              .formatted(Program.home().resolve("bin/coordinator"), at(worker), output());
      Program.Result onTerminal =
          Program.of("script")
              .with("-qec", command, "/dev/null")
              .env("TERM", "xterm")
              .env("COLUMNS", "70")
              .run();
      assertThat(onTerminal.exitCode()).as(onTerminal.out()).isZero();
      assertThat(onTerminal.out()).contains("\033[J[", "\r", "#] 30/30 events");
      Program.Result elsewhere = Program.of("sh").with("-c", command).env("TERM", "xterm").run();
      assertThat(elsewhere.exitCode()).isZero();
      assertThat(elsewhere.out()).isEmpty();
      assertThat(elsewhere.err()).contains("Progress: 30/30 events").doesNotContain("\r", "\033");
    }
  }

  @Test
  void aWorkerInPythonCanStandIn() throws IOException {
    Path port = folder.resolve("port");
    Path received = folder.resolve("received.csv");
    try (Program.Running python =
        Events.python("python_worker.py").with(port, 200, received).start()) {
      Program.await("it listens", Events.DEADLINE, () -> Files.exists(port));
      Program.Result result =
          Program.named("coordinator")
              .with("--workers", "localhost:" + Files.readString(port), "--num-events", 200)
              .with("--pattern", "5ms,1ms", "--wire", "json", "--output", output())
              .run();
      assertThat(result.exitCode()).as(result.err()).isZero();
      Program.Result end = python.await(Duration.ofSeconds(60));
      assertThat(end.exitCode()).as(end.err()).isZero();
    }
    List<CSVRecord> sent = Events.rows(output());
    List<String> lines = Files.readAllLines(received);
    assertThat(lines).hasSize(200);
    for (int i = 0; i < 200; i++) {
      String[] cells = lines.get(i).split(",");
      assertThat(cells[0]).isEqualTo(sent.get(i).get("event_id"));
      assertThat(cells[1]).isEqualTo(sent.get(i).get("sequence_number"));
      assertThat(cells[2]).isEqualTo(sent.get(i).get("send_time_ns"));
      assertThat(Long.parseLong(cells[3])).isGreaterThan(Long.parseLong(cells[2]));
      assertThat(cells[4]).isEqualTo("event_" + (i + 1));
    }
  }
}

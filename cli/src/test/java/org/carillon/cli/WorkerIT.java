package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.ExitCode;
import org.carillon.core.event.WireFormat;
import org.carillon.core.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerIT {

  private static final long RUN_ID = 0x00c0ffee_00c0ffeeL;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalWritesWhatHasComeTellsTheTotalsAndEndsWithZero(String signal) throws IOException {
    try (Events.ReadyWorker worker = Events.worker(folder, "n1", "--run-id", "00c0ffee00c0ffee");
        DatagramSocket socket = new DatagramSocket()) {
      for (long id : List.of(1L, 2L, 4L, 3L, 4L, 7L)) {
        Events.send(socket, worker.port(), WireFormat.BINARY, RUN_ID, id);
      }
      Events.send(socket, worker.port(), WireFormat.BINARY, RUN_ID + 1, 5);
      Events.send(socket, worker.port(), WireFormat.JSON, RUN_ID, 8);
      Events.send(socket, worker.port(), "what?".getBytes(StandardCharsets.US_ASCII));
      // Some of it is still in the socket or in memory when the signal comes.
      worker.running().signal(signal);
      Program.Result result = worker.running().await(Events.DEADLINE);

      assertThat(result.exitCode()).isEqualTo(ExitCode.SUCCESS.code());
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .contains("WARMUP COMPLETE")
          .contains("7 events received (1 duplicates, 1 out of order), 2 missing up to event 8")
          .contains("7 rows written, 0 lost");
    }
    JsonNode totals = Events.json(folder.resolve("n1.json"));
    assertThat(totals.path("received").asInt()).isEqualTo(7);
    assertThat(totals.path("duplicates").asInt()).isEqualTo(1);
    assertThat(totals.path("out_of_order").asInt()).isEqualTo(1);
    assertThat(totals.path("missing").asInt()).isEqualTo(2);
    assertThat(totals.path("foreign").asInt()).isEqualTo(1);
    assertThat(totals.path("malformed").asInt()).isEqualTo(1);
    assertThat(totals.path("kernel_drops").asInt(-1)).isZero();
    assertThat(totals.path("rows_written").asInt()).isEqualTo(7);
    assertThat(Events.rows(folder.resolve("worker_n1.csv")))
        .extracting(row -> row.get("event_id"))
        .containsExactly("1", "2", "4", "3", "4", "7", "8");
  }

  @Test
  void killedWithoutWarningItKeepsEveryWholeLineAndLosesATenthOfASecond() throws IOException {
    List<Long> lostMs = new ArrayList<>();
    do {
      lostMs.add(lostWhenKilledMs(folder.resolve("round" + lostMs.size())));
      // Again, for what a busy machine does to a round must not decide.
    } while (lostMs.getLast() > 100 && lostMs.size() < 20);
    assertThat(lostMs.getLast()).as("lost ms per round: " + lostMs).isLessThanOrEqualTo(100);
  }

  /** How long before the kill the first event was sent that is not in the file. */
  private static long lostWhenKilledMs(Path round) throws IOException {
    Files.createDirectories(round);
    Path file = round.resolve("worker_n1.csv");
    List<Long> sentNs = new ArrayList<>();
    try (Events.ReadyWorker worker = Events.worker(round, "n1");
        DatagramSocket socket = new DatagramSocket()) {
      Program.await(
          "events are recorded",
          Events.DEADLINE,
          () -> {
            sentNs.add(System.nanoTime());
            Events.send(socket, worker.port(), WireFormat.BINARY, RUN_ID, sentNs.size());
            return Events.lines(file) > 1;
          });
      long killNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(730);
      while (System.nanoTime() < killNs) {
        sentNs.add(System.nanoTime());
        Events.send(socket, worker.port(), WireFormat.BINARY, RUN_ID, sentNs.size());
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      }
      long killedNs = System.nanoTime();
      worker.running().process().destroyForcibly();
      worker.running().await(Events.DEADLINE);
      List<String> lines = Files.readString(file).lines().toList();
      long whole = Events.lines(file);
      for (int line = 1; line < whole; line++) {
        assertThat(lines.get(line)).startsWith(line + ",n1," + (line - 1) + ",");
        assertThat(commas(lines.get(line))).isEqualTo(commas(lines.getFirst()));
      }
      int rows = (int) whole - 1;
      return rows == sentNs.size() ? 0 : TimeUnit.NANOSECONDS.toMillis(killedNs - sentNs.get(rows));
    }
  }

  private static long commas(String line) {
    return line.chars().filter(character -> character == ',').count();
  }

  @Test
  void aSecondWorkerOnThePortIsRefusedAndLeavesTheFirstOnesFilesAlone() throws IOException {
    try (Events.ReadyWorker first = Events.worker(folder, "n1");
        DatagramSocket socket = new DatagramSocket()) {
      Program.Result second =
          Program.named("worker")
              .with("--node-id", "n1", "--listen-port", first.port(), "--warmup", "0s")
              .with("--output", folder.resolve("worker_n1.csv"))
              .run();
      assertThat(second.exitCode()).isEqualTo(ExitCode.CONNECTION.code());
      assertThat(second.err().lines())
          .singleElement()
          .asString()
          .startsWith("worker: cannot listen on UDP port " + first.port() + ": ");
      Events.send(socket, first.port(), WireFormat.BINARY, RUN_ID, 1);
      Program.await(
          "the first goes on",
          Events.DEADLINE,
          () -> Events.lines(folder.resolve("worker_n1.csv")) == 2);
      assertThat(folder.resolve("worker_n1.csv.1")).doesNotExist();
      assertThat(folder.resolve("n1.ready")).exists();
    }
  }

  @Test
  void whatComesDuringTheWarmUpIsRecordedAndWithoutAnyTimeServerTheClockCellsStayEmpty() {
    Path file = folder.resolve("worker_n1.csv");
    int port = FreePort.next();
    try (Program.Running worker =
            Program.named("worker")
                .with("--node-id", "n1", "--listen-port", port, "--warmup", "1h")
                .with("--ntp-server", "127.0.0.1:" + FreePort.next())
                .with("--output", file, "--ready-file", folder.resolve("ready"))
                .start();
        DatagramSocket socket = socket()) {
      Program.await("the port is bound", Events.DEADLINE, () -> Events.lines(file) == 1);
      Events.send(socket, port, WireFormat.BINARY, RUN_ID, 1);
      Program.await("the event is recorded", Events.DEADLINE, () -> Events.lines(file) == 2);
      Path samples = folder.resolve("samples_n1.csv");
      Program.await("the server was asked", Events.DEADLINE, () -> Events.lines(samples) > 1);
      assertThat(folder.resolve("ready")).doesNotExist();
      worker.signal("TERM");
      assertThat(worker.await(Events.DEADLINE).exitCode()).isZero();
      CSVRecord row = Events.rows(file).getFirst();
      assertThat(List.of("ntp_offset_ms", "ntp_uncertainty_ms", "ntp_timestamp_ns"))
          .allSatisfy(column -> assertThat(row.get(column)).isEmpty());
      assertThat(List.of("bc_timestamp_ns", "bc_earliest_ns", "bc_latest_ns", "true_time_ns"))
          .allSatisfy(column -> assertThat(row.get(column)).isEmpty());
      assertThat(row.get("bc_status")).isEqualTo("unsynchronized");
      assertThat(row.isMapped("ct_offset_ms")).isFalse();
      assertThat(Events.rows(samples))
          .allSatisfy(sample -> assertThat(sample.get("verdict")).isNotEqualTo("accepted"));
    }
  }

  @Test
  void aWarmUpWithoutAnAnswerIsWarnedAboutLoudlyAndTheWorkerRunsAllTheSame() {
    try (Events.ReadyWorker worker =
        Events.worker(folder, "n1", "--ntp-server", "127.0.0.1:" + FreePort.next())) {
      assertThat(worker.running().err()).contains("NO TIME SERVER");
      assertThat(Events.json(folder.resolve("n1.ready")).path("clock").asText())
          .isEqualTo("unsynchronized");
    }
  }

  @Test
  void aFullDiskIsOneSentenceACountAndAnExitCode() throws IOException {
    try (Events.ReadyWorker worker = Events.workerInto(Path.of("/dev/full"), folder, "n1");
        DatagramSocket socket = new DatagramSocket()) {
      for (int id = 1; id <= 100; id++) {
        Events.send(socket, worker.port(), WireFormat.BINARY, RUN_ID, id);
      }
      Program.await(
          "it is said",
          Events.DEADLINE,
          () -> worker.running().err().contains("cannot write /dev/full: No space left on device"));
      worker.running().signal("TERM");
      Program.Result result = worker.running().await(Events.DEADLINE);
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED.code());
      assertThat(result.err().split("cannot write", -1)).hasSize(2);
      assertThat(result.err()).contains("0 rows written, 100 lost").doesNotContain("\tat ");
    }
  }

  /** A limit on the size of files fails as a full disk does, in the middle of a line. */
  private static Program.Running startOnFullDisk(Path file, Path ready) throws IOException {
    return Program.of("prlimit")
        .with("--fsize=20000:", Program.home().resolve("bin/worker"))
        .with("--node-id", "n1", "--listen-port", 0, "--warmup", "0s")
        .with("--output", file, "--ready-file", ready)
        .start();
  }

  private static void makeRoom(Path ready) throws IOException {
    String pid = String.valueOf(Events.json(ready).path("pid").asLong());
    assertThat(Program.command("prlimit", "--pid", pid, "--fsize=unlimited:").exitCode()).isZero();
  }

  @Test
  void whoLosesRowsToAFullDiskIsNotToldOfASlowOne() throws IOException {
    Path ready = folder.resolve("ready");
    try (Program.Running worker = startOnFullDisk(folder.resolve("worker_n1.csv"), ready);
        DatagramSocket socket = new DatagramSocket()) {
      Program.await("it is ready", Events.DEADLINE, () -> Files.exists(ready));
      int port = Events.json(ready).path("port").asInt();
      AtomicInteger id = new AtomicInteger();
      Program.await(
          "rows are lost",
          Events.DEADLINE,
          () -> {
            for (int i = 0; i < 10_000; i++) {
              Events.send(socket, port, WireFormat.BINARY, RUN_ID, id.incrementAndGet());
            }
            return worker.err().contains("rows of events were lost since the disk was full");
          });
      makeRoom(ready);
      Program.await(
          "it is said", Events.DEADLINE, () -> worker.err().contains("can be written again"));
      worker.signal("TERM");
      Program.Result result = worker.await(Events.DEADLINE);
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOME_FAILED.code());
      assertThat(result.err()).doesNotContain("is not written as fast");
    }
  }

  @Test
  void whenThereIsRoomAgainEveryRowThatWasKeptIsWrittenWhole() throws IOException {
    Path file = folder.resolve("worker_n1.csv");
    Path ready = folder.resolve("ready");
    try (Program.Running worker = startOnFullDisk(file, ready);
        DatagramSocket socket = new DatagramSocket()) {
      Program.await("it is ready", Events.DEADLINE, () -> Files.exists(ready));
      int port = Events.json(ready).path("port").asInt();
      for (int id = 1; id <= 1_000; id++) {
        Events.send(socket, port, WireFormat.BINARY, RUN_ID, id);
      }
      Program.await("it is said", Events.DEADLINE, () -> worker.err().contains("cannot write"));
      assertThat(file.toFile().length()).isLessThanOrEqualTo(20_000);
      makeRoom(ready);
      Program.await("all is there", Events.DEADLINE, () -> Events.lines(file) == 1_001);
      worker.signal("TERM");
      Program.Result result = worker.await(Events.DEADLINE);
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).contains("can be written again", "1000 rows written, 0 lost");
    }
    List<CSVRecord> rows = Events.rows(file);
    for (int i = 0; i < 1_000; i++) {
      assertThat(rows.get(i).get("event_id")).isEqualTo(String.valueOf(i + 1));
      assertThat(rows.get(i).isConsistent()).isTrue();
    }
  }

  @Test
  void aCoordinatorInPythonCanStandIn() throws IOException {
    Path sent = folder.resolve("sent.csv");
    Path file = folder.resolve("worker_n1.csv");
    try (Events.ReadyWorker worker = Events.worker(folder, "n1")) {
      Program.Result python =
          Events.python("python_coordinator.py").with(worker.port(), 100, sent).run();
      assertThat(python.exitCode()).as(python.err()).isZero();
      Program.await("all have come", Events.DEADLINE, () -> Events.lines(file) == 101);
    }
    assertThat(Events.rows(file))
        .extracting(row -> row.get("event_id") + "," + row.get("coordinator_send_time_ns"))
        .isEqualTo(Files.readAllLines(sent));
  }

  private static DatagramSocket socket() {
    try {
      return new DatagramSocket();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

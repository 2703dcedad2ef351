package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.event.WireFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that the built executables make for themselves. */
class FaultsIT {

  private static final int EVENTS = 1_000;
  private static final long RUN_ID = 0x00c0ffee_00c0ffeeL;

  /** What a shell shows for a process that SIGKILL has ended. */
  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;

  private Program coordinator(int port, Object... arguments) {
    return Program.named("coordinator")
        .with("--workers", "127.0.0.1:" + port, "--num-events", EVENTS, "--rate", 2_000)
        .with("--output", folder.resolve("coordinator.csv"))
        .with(arguments);
  }

  /** Ends the worker and gives its totals. */
  private JsonNode end(Events.ReadyWorker worker) {
    return end(worker, folder);
  }

  private static JsonNode end(Events.ReadyWorker worker, Path folder) {
    worker.running().signal("TERM");
    Program.Result result = worker.running().await(Events.DEADLINE);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return Events.json(folder.resolve("n1.json"));
  }

  private void awaitRows(long rows) {
    Program.await(
        rows + " rows",
        Events.DEADLINE,
        () -> Events.lines(folder.resolve("worker_n1.csv")) == rows + 1);
  }

  private static Set<Long> recordedIds(Path folder) {
    Set<Long> ids = new TreeSet<>();
    for (CSVRecord row : Events.rows(folder.resolve("worker_n1.csv"))) {
      ids.add(Long.parseLong(row.get("event_id")));
    }
    return ids;
  }

  @Test
  void whatAWorkerLosesAndDoublesIsMissingAndCountedTwiceAndTheSeedSaysWhichEvents()
      throws IOException {
    Set<Long> first = lossyRun(folder.resolve("first"), "1");
    assertThat(lossyRun(folder.resolve("again"), "1")).isEqualTo(first);
    assertThat(lossyRun(folder.resolve("other"), "2")).isNotEqualTo(first);
  }

  /** The ids of the events that a worker records if it loses some. */
  private Set<Long> lossyRun(Path run, String seed) throws IOException {
    Files.createDirectories(run);
    String faults = "loss=10%,duplicate=5%,seed=" + seed;
    try (Events.ReadyWorker worker =
        Events.worker(run, "n1", "--inject", "loss=10%,duplicate=5%", "--inject", "seed=" + seed)) {
      assertThat(worker.running().err()).contains("FAULTS ARE INJECTED", faults);
      Program.Result sent = coordinator(worker.port()).run();
      assertThat(sent.exitCode()).as(sent.err()).isZero();
      JsonNode totals = end(worker, run);
      assertThat(worker.running().err()).contains("faults were injected (" + faults + ")");
      assertThat(totals.path("injected_faults").asText()).isEqualTo(faults);
      JsonNode injected = totals.path("injected");
      assertThat(injected.path("datagrams").asInt()).isEqualTo(EVENTS);
      // 100 ± 5 standard deviations of the binomial distribution.
      int lost = injected.path("lost").asInt();
      assertThat(lost).isBetween(53, 147);
      Set<Long> ids = recordedIds(run);
      assertThat(ids).hasSize(EVENTS - lost);
      assertThat(totals.path("missing").asInt())
          .isEqualTo((int) (totals.path("highest_event_id").asLong() - ids.size()));
      assertThat(totals.path("duplicates").asInt())
          .isPositive()
          .isEqualTo(injected.path("duplicated").asInt());
      return ids;
    }
  }

  @Test
  void whatACoordinatorLosesIsMissingAtTheWorkerAndCountsAsSent() {
    try (Events.ReadyWorker worker = Events.worker(folder, "n1")) {
      Program.Result result =
          coordinator(worker.port(), "--inject", "loss=10%,delay=1ms..30ms,seed=1").run();
      assertThat(result.exitCode()).as(result.err()).isZero();
      long lost = Long.parseLong(result.err().replaceAll("(?s).* datagrams, (\\d+) lost.*", "$1"));
      assertThat(lost).isBetween(53L, 147L);
      awaitRows(EVENTS - lost);
      JsonNode totals = end(worker);
      assertThat(totals.path("received").asLong()).isEqualTo(EVENTS - lost);
      assertThat(totals.path("out_of_order").asLong()).as("the delays differ").isPositive();
      assertThat(totals.path("injected_faults").asText("")).isEmpty();
    }
    assertThat(Events.rows(folder.resolve("coordinator.csv"))).hasSize(EVENTS);
  }

  @Test
  void delayedDatagramsAreStampedByTheWorkerWhenTheyAreHandedOn() {
    try (Events.ReadyWorker worker =
        Events.worker(folder, "n1", "--inject", "delay=40ms,reorder=10%,seed=1")) {
      assertThat(coordinator(worker.port()).run().exitCode()).isZero();
      awaitRows(EVENTS);
      JsonNode totals = end(worker);
      assertThat(totals.path("missing").asInt()).isZero();
      assertThat(totals.path("out_of_order").asInt()).isPositive();
    }
    for (CSVRecord row : Events.rows(folder.resolve("worker_n1.csv"))) {
      long latencyNs =
          Long.parseLong(row.get("receive_time_ns"))
              - Long.parseLong(row.get("coordinator_send_time_ns"));
      assertThat(row.get("timestamp_source")).isEqualTo("user");
      assertThat(latencyNs).isGreaterThanOrEqualTo(40_000_000);
    }
  }

  @Test
  void aWorkerThatDiesAtAnEventLeavesWholeRowsAndNoLaterOne() throws IOException {
    try (Events.ReadyWorker worker =
        Events.worker(folder, "n1", "--inject", "die-at-event=500,seed=1")) {
      coordinator(worker.port()).run();
      Program.Result result = worker.running().await(Events.DEADLINE);
      assertThat(result.exitCode()).isEqualTo(KILLED);
      assertThat(result.err()).contains("dies at event 500");
    }
    assertThat(folder.resolve("n1.json")).as("the summary of a good end").doesNotExist();
    List<String> lines = Files.readString(folder.resolve("worker_n1.csv")).lines().toList();
    long whole = Events.lines(folder.resolve("worker_n1.csv"));
    assertThat(whole).isBetween(2L, 501L);
    for (int line = 1; line < whole; line++) {
      assertThat(lines.get(line)).startsWith(line + ",n1," + (line - 1) + ",");
    }
  }

  @Test
  void aCoordinatorThatDiesAtAnEventHasSentItAndNoLaterOne() {
    try (Events.ReadyWorker worker = Events.worker(folder, "n1")) {
      Program.Result result = coordinator(worker.port(), "--inject", "die-at-event=500").run();
      assertThat(result.exitCode()).isEqualTo(KILLED);
      awaitRows(500);
      assertThat(end(worker).path("highest_event_id").asInt()).isEqualTo(500);
    }
  }

  @Test
  void aSlowDiskHoldsUpNoEventAndLosesNoRow() throws IOException {
    try (Events.ReadyWorker worker = Events.worker(folder, "n1", "--inject", "slow-disk=500ms");
        DatagramSocket socket = new DatagramSocket()) {
      for (int id = 1; id <= EVENTS; id++) {
        Events.send(socket, worker.port(), WireFormat.BINARY, RUN_ID, id);
      }
      JsonNode totals = end(worker);
      assertThat(totals.path("rows_written").asInt()).isEqualTo(totals.path("received").asInt());
      assertThat(totals.path("rows_lost").asInt()).isZero();
      assertThat(totals.path("received").asInt()).isEqualTo(EVENTS);
      assertThat(recordedIds(folder)).hasSize(EVENTS);
    }
  }

  @Test
  void aFaultyClockIsWrongByWhatWasAskedForAndTrueTimeIsRecorded() throws IOException {
    try (Events.ReadyWorker worker =
            Events.worker(folder, "n1", "--inject", "clock-skew=5ms", "--clock", "simulated");
        DatagramSocket socket = new DatagramSocket()) {
      Events.send(socket, worker.port(), WireFormat.BINARY, RUN_ID, 1);
      awaitRows(1);
      assertThat(worker.running().err()).contains("with clock-skew=5ms");
      end(worker);
    }
    CSVRecord row = Events.rows(folder.resolve("worker_n1.csv")).getFirst();
    assertThat(Long.parseLong(row.get("receive_time_ns")) - Long.parseLong(row.get("true_time_ns")))
        .isEqualTo(5_000_000);
  }
}

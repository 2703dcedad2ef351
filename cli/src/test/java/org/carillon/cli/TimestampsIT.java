package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.event.Event;
import org.carillon.core.event.WireFormat;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose clock reading stands in a row. */
class TimestampsIT {

  private static final int EVENTS = 1_000;

  @TempDir private Path folder;

  @Test
  void theKernelStampsEventsAndNeverBeforeTheyWereSent() throws IOException {
    List<CSVRecord> rows;
    try (Events.ReadyWorker worker = Events.worker(folder, "n1")) {
      rows = rowsOfEvents(worker);
    }
    // The kernel may need a moment to begin, so nothing is asked of the first.
    assertThat(rows.subList(1, EVENTS))
        .allSatisfy(row -> assertThat(row.get("timestamp_source")).isEqualTo("kernel"));
    assertStampedAfterTheSend(rows);
  }

  @Test
  void theWorkerStampsEventsWhereTheEnvironmentSaysSo() throws IOException {
    Path file = folder.resolve("worker_n1.csv");
    Path ready = folder.resolve("n1.ready");
    Program program =
        Program.named("worker")
            .env("CARILLON_TIMESTAMPS", "user")
            .with("--node-id", "n1", "--listen-port", 0, "--warmup", "0s")
            .with("--output", file, "--ready-file", ready);
    List<CSVRecord> rows;
    try (Program.Running running = program.start()) {
      Program.await("n1 is ready", Events.DEADLINE, () -> ready.toFile().exists());
      rows = rowsOfEvents(new Events.ReadyWorker(running, Events.json(ready).path("port").asInt()));
      running.signal("TERM");
      assertThat(running.await(Events.DEADLINE).err())
          .contains("datagrams are stamped by this process, as")
          .contains("CARILLON_TIMESTAMPS")
          .contains("bytes, stamped by this process");
    }
    assertThat(rows).allSatisfy(row -> assertThat(row.get("timestamp_source")).isEqualTo("user"));
    assertStampedAfterTheSend(rows);
  }

  private List<CSVRecord> rowsOfEvents(Events.ReadyWorker worker) throws IOException {
    Path file = folder.resolve("worker_n1.csv");
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int id = 1; id <= EVENTS; id++) {
        ByteBuffer buffer = ByteBuffer.allocate(2_000);
        long nowNs = new SystemClock().realtimeNs();
        WireFormat.BINARY
            .codec()
            .encode(new Event(OptionalLong.of(1), id, id - 1L, nowNs, new byte[0]), buffer);
        Events.send(socket, worker.port(), Arrays.copyOf(buffer.array(), buffer.position()));
        if (id == 1) {
          Program.await("the first row", Events.DEADLINE, () -> Events.lines(file) == 2);
        }
      }
    }
    Program.await("all rows", Events.DEADLINE, () -> Events.lines(file) == EVENTS + 1);
    return Events.rows(file);
  }

  private static void assertStampedAfterTheSend(List<CSVRecord> rows) {
    assertThat(rows)
        .hasSize(EVENTS)
        .allSatisfy(
            row ->
                assertThat(Long.parseLong(row.get("receive_time_ns")))
                    .isGreaterThanOrEqualTo(Long.parseLong(row.get("coordinator_send_time_ns"))));
  }
}

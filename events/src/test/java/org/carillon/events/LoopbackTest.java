package org.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.ExitCode;
import org.carillon.core.event.WireFormat;
import org.carillon.core.net.FreePort;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.SystemClock;
import org.carillon.events.receive.EventCounts;
import org.carillon.events.receive.Worker;
import org.carillon.events.receive.WorkerOptions;
import org.carillon.events.receive.WorkerTotals;
import org.carillon.events.send.Coordinator;
import org.carillon.events.send.CoordinatorOptions;
import org.carillon.events.send.CoordinatorTotals;
import org.carillon.events.send.EventPlan;
import org.carillon.events.send.ProgressDisplay;
import org.carillon.events.send.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers and coordinators in one process, over real sockets. */
class LoopbackTest {

  private static final long RUN_ID = 0x0123456789abcdefL;

  @TempDir private Path folder;

  private WorkerOptions workerOptions(String node, int port) {
    return new WorkerOptions(
        node,
        port,
        ClockOptions.NONE,
        folder.resolve("worker_" + node + ".csv"),
        Duration.ZERO,
        List.of(Duration.ofMillis(1)),
        OptionalLong.of(RUN_ID),
        OptionalInt.empty(),
        Optional.of(folder.resolve(node + ".ready")),
        Optional.of(folder.resolve(node + ".json")));
  }

  private CoordinatorOptions coordinatorOptions(
      WireFormat wire, long runId, long events, List<HostPort> workers) {
    return new CoordinatorOptions(
        workers,
        new EventPlan(
            events, Schedule.rate(new BigDecimal(2_000)), wire, OptionalInt.empty(), runId),
        ClockOptions.NONE,
        folder.resolve("coordinator.csv"),
        Duration.ZERO,
        Duration.ZERO,
        Optional.empty(),
        Optional.of(folder.resolve("totals/coordinator.json")));
  }

  private static HostPort at(Worker worker) {
    return new HostPort("127.0.0.1", worker.port());
  }

  private static CoordinatorTotals coordinate(CoordinatorOptions options) {
    return new Coordinator(options, new SystemClock(), ProgressDisplay.none()).run();
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void everyEventBecomesARowAtEveryWorkerAndAtTheCoordinator(WireFormat wire) {
    try (Worker one = Worker.open(workerOptions("n1", 0), ClockSpec.parse("simulated:offset=3ms"));
        Worker two = Worker.open(workerOptions("n2", 0), new SystemClock())) {
      CompletableFuture<WorkerTotals> ofOne = CompletableFuture.supplyAsync(one::run);
      CompletableFuture<WorkerTotals> ofTwo = CompletableFuture.supplyAsync(two::run);
      CoordinatorTotals totals =
          coordinate(coordinatorOptions(wire, RUN_ID, 500, List.of(at(one), at(two))));
      Await.until(() -> one.totals().counts().received() == 500);
      Await.until(() -> two.totals().counts().received() == 500);
      one.stop();
      two.stop();

      assertThat(totals.exitCode()).isEqualTo(ExitCode.SUCCESS);
      assertThat(totals.rowsWritten()).isEqualTo(500);
      assertThat(folder.resolve("totals/coordinator.json"))
          .content()
          .contains("\"run_id\":\"0123456789abcdef\"", "\"events\":500")
          .endsWith("}\n");
      assertThat(ofOne.join().rowsWritten()).isEqualTo(500);
      assertThat(ofTwo.join().counts().missing()).isZero();

      List<CSVRecord> sent = Csv.rows(folder.resolve("coordinator.csv"));
      List<CSVRecord> received = Csv.rows(folder.resolve("worker_n1.csv"));
      assertThat(sent).hasSize(500);
      assertThat(received).hasSize(500);
      for (int i = 0; i < 500; i++) {
        CSVRecord row = received.get(i);
        assertThat(row.get("coordinator_send_time_ns")).isEqualTo(sent.get(i).get("send_time_ns"));
        long trueNs = Long.parseLong(row.get("true_time_ns"));
        assertThat(Long.parseLong(row.get("receive_time_ns"))).isEqualTo(trueNs + 3_000_000);
        assertThat(trueNs).isGreaterThan(Long.parseLong(sent.get(i).get("send_time_ns")));
        assertThat(row.get("bc_status")).isEqualTo("unsynchronized");
        assertThat(row.get("ntp_offset_ms")).isEmpty();
        long scheduled = Long.parseLong(sent.get(i).get("scheduled_time_ns"));
        long first = Long.parseLong(sent.getFirst().get("scheduled_time_ns"));
        assertThat(scheduled - first).isEqualTo(500_000L * i);
        assertThat(sent.get(i).get("workers_sent")).isEqualTo(at(one) + "," + at(two));
        assertThat(sent.get(i).get("pattern_delay_ms")).isEqualTo("0.500000");
      }
      assertThat(Csv.rows(folder.resolve("worker_n2.csv")).getFirst().get("true_time_ns"))
          .isEmpty();
    }
  }

  @Test
  void datagramsThatAreNoEventsAreCountedAndNeverStopAWorker() throws IOException {
    Random random = new Random(7);
    try (Worker worker = Worker.open(workerOptions("n1", 0), new SystemClock());
        DatagramSocket socket = new DatagramSocket()) {
      CompletableFuture<WorkerTotals> totals = CompletableFuture.supplyAsync(worker::run);
      List<byte[]> garbage =
          List.of(
              new byte[0],
              new byte[] {'C'},
              "CRLN".getBytes(StandardCharsets.US_ASCII),
              new byte[65_507],
              text("{"),
              text("{}"),
              text("[1,2]"),
              text("{\"event_id\":1}"),
              text("{\"event_id\":-1,\"coordinator_timestamp_ns\":1,\"sequence_number\":0}"),
              text("{\"event_id\":1e99,\"coordinator_timestamp_ns\":1,\"sequence_number\":0}"),
              text("{\"a\":" + "[".repeat(20_000)),
              text("\0\1\2"));
      for (byte[] datagram : garbage) {
        socket.send(packet(datagram, worker));
      }
      for (int i = 0; i < 200; i++) {
        byte[] noise = new byte[random.nextInt(1, 2_000)];
        random.nextBytes(noise);
        noise[0] = (byte) (i % 2 == 0 ? 'C' : '{');
        socket.send(packet(noise, worker));
        long expected = garbage.size() + i + 1L;
        Await.until(() -> worker.totals().counts().malformedTotal() == expected);
      }
      coordinate(coordinatorOptions(WireFormat.BINARY, RUN_ID + 1, 10, List.of(at(worker))));
      coordinate(coordinatorOptions(WireFormat.BINARY, RUN_ID, 10, List.of(at(worker))));
      Await.until(() -> worker.totals().counts().received() == 10);
      worker.stop();

      EventCounts counts = totals.join().counts();
      assertThat(counts.malformedTotal()).isEqualTo(garbage.size() + 200);
      assertThat(counts.malformed())
          .containsEntry("empty", 1L)
          .containsEntry("event id below 1", 1L)
          .containsEntry("JSON without its three integers", 3L);
      assertThat(counts.foreign()).isEqualTo(10);
      assertThat(Csv.rows(folder.resolve("worker_n1.csv"))).hasSize(10);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static DatagramPacket packet(byte[] bytes, Worker worker) throws IOException {
    return new DatagramPacket(
        bytes, bytes.length, InetAddress.getByName("127.0.0.1"), worker.port());
  }

  @Test
  void aWorkerThatIsNotThereIsNamedInEveryRowAndDoesNotStopTheRest() throws IOException {
    try (Worker worker = Worker.open(workerOptions("n1", 0), new SystemClock())) {
      CompletableFuture<WorkerTotals> ofWorker = CompletableFuture.supplyAsync(worker::run);
      HostPort absent = new HostPort("127.0.0.1", FreePort.next());
      CoordinatorTotals totals =
          coordinate(
              coordinatorOptions(WireFormat.BINARY, RUN_ID, 50, List.of(absent, at(worker))));
      Await.until(() -> worker.totals().counts().received() == 50);
      worker.stop();

      assertThat(ofWorker.join().rowsWritten()).isEqualTo(50);
      assertThat(totals.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
      assertThat(totals.failures())
          .containsExactlyInAnyOrderEntriesOf(Map.of(absent.toString(), 50L, at(worker) + "", 0L));
      List<CSVRecord> rows = Csv.rows(folder.resolve("coordinator.csv"));
      assertThat(rows.subList(1, 50))
          .allSatisfy(row -> assertThat(row.get("workers_failed")).isEqualTo(absent.toString()));
    }
  }

  @Test
  void withoutAnyWorkerEverySendFails() throws IOException {
    CoordinatorTotals totals =
        coordinate(
            coordinatorOptions(
                WireFormat.JSON, RUN_ID, 5, List.of(new HostPort("127.0.0.1", FreePort.next()))));
    assertThat(totals.exitCode()).isEqualTo(ExitCode.ALL_FAILED);
  }

  @Test
  void aReadyFileOfAnEarlierRunIsGoneAtOnceAndTheNewOneHoldsThePort() throws IOException {
    Path ready = folder.resolve("n1.ready");
    Files.writeString(ready, "old");
    try (Worker worker = Worker.open(workerOptions("n1", 0), new SystemClock())) {
      assertThat(ready).doesNotExist();
      CompletableFuture<WorkerTotals> totals = CompletableFuture.supplyAsync(worker::run);
      Await.until(() -> Files.exists(ready));
      assertThat(ready)
          .content()
          .contains(
              "\"node\":\"n1\"", "\"port\":" + worker.port(), "\"run_id\":\"0123456789abcdef\"");
      worker.stop();
      totals.join();
      assertThat(folder.resolve("n1.json")).content().contains("\"received\":0");
    }
  }
}

package org.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.event.WireFormat;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.SystemClock;
import org.carillon.events.receive.Worker;
import org.carillon.events.receive.WorkerOptions;
import org.carillon.events.receive.WorkerTotals;
import org.carillon.events.send.Coordinator;
import org.carillon.events.send.CoordinatorOptions;
import org.carillon.events.send.CoordinatorTotals;
import org.carillon.events.send.EventPlan;
import org.carillon.events.send.ProgressDisplay;
import org.carillon.events.send.Schedule;
import org.carillon.ntp.TimeKeeper;
import org.carillon.ntp.server.TimeServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose clocks are measured with a real time server, and whose true time is known. */
class MeasuredRunTest {

  private static final int EVENTS = 300;

  @TempDir private Path folder;

  @Test
  void trueTimeLiesInEveryIntervalAndSkewedClocksAreSeenForWhatTheyAre() {
    try (TimeServer server =
        TimeServer.start(
            new SystemClock(),
            new TimeServer.Settings(
                List.of(InetAddress.getLoopbackAddress()),
                0,
                OptionalInt.of(0),
                List.of(),
                OptionalInt.of(5),
                OptionalDouble.empty(),
                TimeKeeper.Settings.defaults()))) {
      ClockOptions clocks =
          new ClockOptions(
              List.of(new HostPort("127.0.0.1", server.port())),
              Optional.of(URI.create("http://127.0.0.1:" + server.httpPort().getAsInt())),
              new TimeKeeper.Settings(Duration.ofSeconds(1), Duration.ofSeconds(1), 50));
      try (Worker fast =
              Worker.open(
                  workerOptions("fast", clocks),
                  ClockSpec.parse("simulated:offset=3ms,drift_ppm=30"));
          Worker slow =
              Worker.open(
                  workerOptions("slow", clocks),
                  ClockSpec.parse("simulated:offset=-5ms,drift_ppm=-30"))) {
        CompletableFuture<WorkerTotals> ofFast = CompletableFuture.supplyAsync(fast::run);
        CompletableFuture<WorkerTotals> ofSlow = CompletableFuture.supplyAsync(slow::run);
        Await.until(() -> samplesOf("fast") >= 4 && samplesOf("slow") >= 4);
        CoordinatorTotals totals =
            new Coordinator(
                    coordinatorOptions(clocks, fast, slow),
                    ClockSpec.parse("simulated:offset=1ms"),
                    ProgressDisplay.none())
                .run();
        assertThat(totals.rowsWritten()).isEqualTo(EVENTS);
        Await.until(() -> fast.totals().counts().received() == EVENTS);
        Await.until(() -> slow.totals().counts().received() == EVENTS);
        fast.stop();
        slow.stop();
        assertThat(ofFast.join().sideRowsLost()).isZero();
        assertThat(ofSlow.join().rowsWritten()).isEqualTo(EVENTS);
      }
    }
    List<CSVRecord> sent = Csv.rows(folder.resolve("coordinator.csv"));
    requireTruth(sent, "send_time_ns", -1_000_000);
    requireTruth(Csv.rows(folder.resolve("worker_fast.csv")), "receive_time_ns", -3_000_000);
    requireTruth(Csv.rows(folder.resolve("worker_slow.csv")), "receive_time_ns", 5_000_000);
    assertThat(Csv.rows(folder.resolve("worker_fast.csv")).getLast().get("ct_uncertainty_ms"))
        .isNotEmpty();
  }

  private long samplesOf(String node) {
    return Csv.rows(folder.resolve("samples_" + node + ".csv")).stream()
        .filter(row -> row.get("verdict").equals("accepted"))
        .count();
  }

  private static void requireTruth(List<CSVRecord> rows, String localColumn, long offsetNs) {
    assertThat(rows).isNotEmpty();
    for (CSVRecord row : rows) {
      assertThat(row.get("bc_status")).isNotEqualTo("unsynchronized");
      long trueNs = ns(row, "true_time_ns");
      assertThat(trueNs).isBetween(ns(row, "bc_earliest_ns"), ns(row, "bc_latest_ns"));
      assertThat(ns(row, "bc_timestamp_ns"))
          .isBetween(ns(row, "bc_earliest_ns"), ns(row, "bc_latest_ns"));
      long halfWidthNs = (ns(row, "bc_latest_ns") - ns(row, "bc_earliest_ns")) / 2 + 1;
      // What NTP measures is the clock's own error, as far off as the interval says at most; the
      // drift adds 30 ppm of the seconds that this test takes.
      if (row.get("bc_status").equals("holdover")) {
        assertThat(row.get("ntp_offset_ms")).isEmpty(); // past its age
        continue;
      }
      long measuredNs = new BigDecimal(row.get("ntp_offset_ms")).movePointRight(6).longValueExact();
      assertThat(measuredNs - offsetNs)
          .isBetween(-halfWidthNs - 2_000_000, halfWidthNs + 2_000_000);
      assertThat(ns(row, "ntp_timestamp_ns")).isEqualTo(ns(row, localColumn) + measuredNs);
    }
  }

  private static long ns(CSVRecord row, String column) {
    return Long.parseLong(row.get(column));
  }

  private WorkerOptions workerOptions(String node, ClockOptions clocks) {
    return new WorkerOptions(
        node,
        0,
        clocks,
        folder.resolve("worker_" + node + ".csv"),
        Duration.ZERO,
        List.of(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private CoordinatorOptions coordinatorOptions(ClockOptions clocks, Worker one, Worker two) {
    return new CoordinatorOptions(
        List.of(new HostPort("127.0.0.1", one.port()), new HostPort("127.0.0.1", two.port())),
        new EventPlan(
            EVENTS, Schedule.rate(new BigDecimal(500)), WireFormat.BINARY, OptionalInt.empty(), 9),
        clocks,
        folder.resolve("coordinator.csv"),
        Duration.ofSeconds(2),
        Duration.ZERO,
        Optional.empty());
  }
}

package org.carillon.events.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.ExitCode;
import org.carillon.core.event.WireFormat;
import org.carillon.core.experiment.TransmitTimes;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.CoordinatorRecord;
import org.carillon.core.record.RecordLog;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.Moment;
import org.carillon.core.time.SystemClock;
import org.carillon.events.Csv;
import org.carillon.events.NodeClocks;
import org.carillon.events.StopRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sending over real sockets, mostly by a clock that moves only when somebody waits on it. */
class EventSendingTest {

  private static final long START_NS = 1_761_411_671_000_000_000L;
  private static final long GAP_NS = 1_000_000;
  private static final int EVENTS = 60;
  private static final int STALLED_AFTER = 10;
  private static final long STALL_NS = 20 * GAP_NS;
  private static final int REPETITIONS = 10_000;

  @TempDir private Path folder;

  private DatagramChannel worker;
  private HostPort address;

  @BeforeEach
  void openWorker() throws IOException {
    worker = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    address = new HostPort("127.0.0.1", ((InetSocketAddress) worker.getLocalAddress()).getPort());
  }

  @AfterEach
  void closeWorker() throws IOException {
    worker.close();
  }

  private static EventPlan plan(long events, SendingOptions sending) {
    return new EventPlan(
        events,
        Schedule.rate(new BigDecimal(1_000)),
        WireFormat.BINARY,
        OptionalInt.empty(),
        1,
        sending);
  }

  private static SendingOptions options(boolean catchUp, Optional<Duration> maxLateness) {
    return new SendingOptions(
        SendingOptions.USUAL_SPIN, OptionalInt.empty(), maxLateness, catchUp, TransmitTimes.AUTO);
  }

  /** Knows nothing, and holds the sending thread up once. */
  private record StallingClocks(ManualClock clock) implements NodeClocks {
    @Override
    public ClockCells at(Moment moment) {
      throw new AssertionError("makes an object");
    }

    @Override
    public void read(
        long realtimeNs, long localNs, long rawNs, long rawUncertaintyNs, ClockBuffer into) {
      into.clear();
      if (realtimeNs == START_NS + (STALLED_AFTER - 1) * GAP_NS) {
        clock.advance(STALL_NS);
      }
    }

    @Override
    public void close() {}
  }

  private CoordinatorTotals send(EventPlan plan) throws InterruptedException {
    ManualClock clock = new ManualClock(START_NS);
    return send(plan, clock, new StallingClocks(clock));
  }

  private CoordinatorTotals send(EventPlan plan, ClockSource clock, NodeClocks clocks)
      throws InterruptedException {
    FaultInjector faults = FaultInjector.none(clock);
    RecordLog records =
        RecordLog.open(
            folder.resolve("coordinator.csv"),
            CoordinatorRecord.format(List.of(address.toString())),
            () -> {});
    try (Broadcaster broadcaster =
        Broadcaster.open(List.of(address), plan.asksForTransmitTimes(), faults)) {
      EventSending sending = new EventSending(plan, faults, clocks, broadcaster, records);
      try {
        sending.send(Duration.ZERO, new StopRequest());
      } finally {
        records.close();
      }
      return sending.totals();
    }
  }

  private List<Long> column(String name, Function<Long, Long> from) {
    return Csv.rows(folder.resolve("coordinator.csv")).stream()
        .map(row -> from.apply(Long.parseLong(row.get(name))))
        .toList();
  }

  private void assertScheduleIsTheOriginalOneAndLatenessTheDifference() {
    List<Long> sent = column("send_time_ns", ns -> ns - START_NS);
    List<Long> scheduled = column("scheduled_time_ns", ns -> ns - START_NS);
    List<Long> lateness = column("lateness_ns", ns -> ns);
    assertThat(sent).hasSize(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      assertThat(scheduled.get(i)).isEqualTo(i * GAP_NS);
      assertThat(lateness.get(i)).isEqualTo(sent.get(i) - scheduled.get(i));
    }
  }

  @Test
  void afterAStallEventsKeepHalfTheirDistanceAndTellHowLateTheyAre() throws InterruptedException {
    CoordinatorTotals totals = send(plan(EVENTS, SendingOptions.USUAL));
    assertScheduleIsTheOriginalOneAndLatenessTheDifference();
    List<Long> sent = column("send_time_ns", ns -> ns - START_NS);
    assertThat(sent.get(STALLED_AFTER - 1)).isEqualTo(9 * GAP_NS);
    assertThat(sent.get(STALLED_AFTER)).isEqualTo(29 * GAP_NS);
    for (int i = STALLED_AFTER + 1; i < 48; i++) {
      assertThat(sent.get(i) - sent.get(i - 1)).as("event %d", i).isEqualTo(GAP_NS / 2);
    }
    assertThat(sent.get(EVENTS - 1)).isEqualTo((EVENTS - 1) * GAP_NS);
    assertThat(totals.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(totals.sending().lateness().count()).isEqualTo(EVENTS);
    assertThat(totals.sending().lateness().maxNs())
        .isBetween(19 * GAP_NS, 19 * GAP_NS * 1001 / 1000);
    assertThat(totals.sending().maxLatenessNs()).isEmpty();
  }

  @Test
  void whoCatchesUpSendsAllThatIsOverdueAtOnce() throws InterruptedException {
    send(plan(EVENTS, options(true, Optional.empty())));
    assertScheduleIsTheOriginalOneAndLatenessTheDifference();
    assertThat(column("send_time_ns", ns -> ns - START_NS).subList(STALLED_AFTER, 30))
        .containsOnly(29 * GAP_NS);
  }

  @Test
  void eventsBeyondTheLimitAreCountedAndMarkTheRun() throws InterruptedException {
    CoordinatorTotals totals =
        send(plan(EVENTS, options(true, Optional.of(Duration.ofMillis(10)))));
    // 19 ms late, 18, … 11, and 10 is within the limit.
    assertThat(totals.sending().lateEvents()).isEqualTo(9);
    assertThat(totals.sending().complaint())
        .contains("9 of 60 events were sent more than 10ms late");
    assertThat(totals.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @Test
  void theTotalsAsJsonHaveTheSendingAsControlJsonHasIt() throws Exception {
    CoordinatorTotals totals =
        send(plan(EVENTS, options(true, Optional.of(Duration.ofMillis(10)))));
    String line = totals.toJson(0xc0ffee, "loss=1%,seed=7");
    assertThat(line).doesNotContain("\n");
    JsonNode json = new JsonMapper().readTree(line);
    assertThat(json.path("run_id").asText()).isEqualTo("0000000000c0ffee");
    assertThat(json.path("events").asLong()).isEqualTo(EVENTS);
    assertThat(json.path("aborted").asBoolean(true)).isFalse();
    assertThat(json.path("failed_sends").asLong(-1)).isZero();
    assertThat(json.path("failed_sends_by_worker").path(address.toString()).asLong(-1)).isZero();
    assertThat(json.path("rows_written").asLong()).isEqualTo(EVENTS);
    assertThat(json.path("rows_lost").asLong(-1)).isZero();
    assertThat(json.path("injected_faults").asText()).isEqualTo("loss=1%,seed=7");
    JsonNode sending = json.path("sending");
    assertThat(sending.path("schedule").asText()).isEqualTo(totals.sending().schedule());
    assertThat(sending.path("seed").isNull()).isTrue();
    assertThat(sending.path("lateness").path("n").asLong()).isEqualTo(EVENTS);
    assertThat(sending.path("max_lateness_ns").asLong()).isEqualTo(10_000_000);
    assertThat(sending.path("late_events").asLong()).isEqualTo(9);
  }

  @Test
  void theKernelSaysWhenEachEventLeft() throws InterruptedException {
    SystemClock clock = new SystemClock();
    send(plan(50, options(false, Optional.empty())), clock, new NothingKnown());
    List<CSVRecord> rows = Csv.rows(folder.resolve("coordinator.csv"));
    assertThat(rows).hasSize(50);
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(Long.parseLong(row.get("transmit_time_ns")))
                    .isGreaterThan(Long.parseLong(row.get("send_time_ns"))));
  }

  /** Beside what calls of the C library make until they are compiled as they are for long runs. */
  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void sendingMakesNoObject(WireFormat wire) {
    EventPlan plan = new EventPlan(1, Schedule.rate(BigDecimal.ONE), wire, OptionalInt.empty(), 1);
    SystemClock clock = new SystemClock();
    RecordLog records =
        RecordLog.open(
            folder.resolve("coordinator.csv"),
            CoordinatorRecord.format(List.of(address.toString())),
            () -> {});
    try (Broadcaster broadcaster =
        Broadcaster.open(List.of(address), true, FaultInjector.none(clock))) {
      EventSender sender = new EventSender(plan, clock, new NothingKnown(), broadcaster, records);
      Pacer pacer = new Pacer(clock);
      Lateness lateness = new Lateness(Optional.empty());
      ByteBuffer datagram = ByteBuffer.allocateDirect(100);
      Runnable event =
          () -> {
            sender.look();
            lateness.record(sender.send(0, 0, 0, pacer));
          };
      Runnable callsAlone =
          () -> {
            broadcaster.send(datagram);
            broadcaster.transmitTimeNs();
          };
      allocatedBytes(event);
      allocatedBytes(callsAlone);
      assertThat(allocatedBytes(event) - allocatedBytes(callsAlone)).isLessThan(REPETITIONS);
    } finally {
      records.close();
    }
    assertThat(records.writtenRows() + records.lostRows()).isEqualTo(2 * REPETITIONS);
  }

  private static long allocatedBytes(Runnable task) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long beforeBytes = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < REPETITIONS; i++) {
      task.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - beforeBytes;
  }

  private record NothingKnown() implements NodeClocks {
    @Override
    public ClockCells at(Moment moment) {
      throw new AssertionError("makes an object");
    }

    @Override
    public void read(
        long realtimeNs, long localNs, long rawNs, long rawUncertaintyNs, ClockBuffer into) {
      into.clear();
    }

    @Override
    public void close() {}
  }
}

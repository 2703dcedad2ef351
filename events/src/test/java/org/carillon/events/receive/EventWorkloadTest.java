package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.carillon.control.statistics.Counters;
import org.carillon.control.workload.SenderClock;
import org.carillon.control.workload.Workload;
import org.carillon.core.ExitCode;
import org.carillon.core.event.Event;
import org.carillon.core.event.WireFormat;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.record.ClockCells;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SystemClock;
import org.carillon.events.Await;
import org.carillon.events.ClockOptions;
import org.carillon.events.Csv;
import org.carillon.events.NodeClocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWorkloadTest {

  private static final long RUN_ID = 5;
  private static final Duration FOR_EVER = Duration.ofHours(1);
  private static final long OFFSET_NS = 3_000_000;
  private static final long BOUND_NS = 100_000;

  private final ClockSource clock = new SystemClock();
  private final NodeClocks clocks = new FixedOffset();
  private final CountDownLatch finished = new CountDownLatch(1);

  @TempDir private Path folder;

  /** How long it takes to read the clocks. */
  private volatile Duration lateness = Duration.ZERO;

  /** True time is always 3 ms ahead. */
  private final class FixedOffset implements NodeClocks {
    @Override
    public ClockCells at(Moment moment) {
      try {
        Thread.sleep(lateness);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      long localNs = moment.localNs();
      return new ClockCells(
          Optional.empty(),
          Optional.empty(),
          ClockStatus.SYNCHRONIZED,
          Optional.of(reading(localNs)),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());
    }

    @Override
    public void close() {}
  }

  private static Reading reading(long localNs) {
    long bestNs = localNs + OFFSET_NS;
    return new Reading(bestNs - BOUND_NS, bestNs, bestNs + BOUND_NS, ClockStatus.SYNCHRONIZED);
  }

  private EventWorkload workload(Duration settle, Duration... commitWaits) {
    WorkerOptions options =
        new WorkerOptions(
            "n1",
            0,
            ClockOptions.NONE,
            folder.resolve("worker_n1.csv"),
            Duration.ZERO,
            List.of(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());
    return new EventWorkload(
        options.ofRun(RUN_ID, List.of(commitWaits)),
        settle,
        EventReceiver.bind(0, OptionalInt.empty(), clock),
        FaultInjector.none(clock),
        clocks);
  }

  private void start(Workload workload) {
    workload.start(reading(clock.nowNs()), finished::countDown);
  }

  private boolean isFinished() {
    return finished.getCount() == 0;
  }

  private static void send(int port, long sendTimeNs, long... ids) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      for (long id : ids) {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        WireFormat.BINARY
            .codec()
            .encode(
                new Event(OptionalLong.of(RUN_ID), id, id - 1, sendTimeNs, new byte[4]), buffer);
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        socket.send(
            new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
      }
    }
  }

  @Test
  void itHasFinishedAsSoonAsEveryEventUpToTheLastIsThere() throws IOException {
    EventWorkload workload = workload(FOR_EVER);
    int port = workload.prepare().udpPort().orElseThrow();
    start(workload);
    send(port, 1, 1, 3);
    workload.lastEvent(3);
    Await.until(() -> workload.snapshot().counters().received() == 2);
    assertThat(isFinished()).isFalse();
    send(port, 1, 2);
    Await.until(this::isFinished);

    Workload.Ending ending = workload.finish();
    assertThat(ending.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(ending.fault()).isEmpty();
    Counters counters = workload.snapshot().counters();
    assertThat(counters.received()).isEqualTo(3);
    assertThat(counters.outOfOrder()).isEqualTo(1);
    assertThat(counters.missing()).isZero();
    assertThat(counters.rowsWritten()).isEqualTo(3);
    assertThat(Csv.rows(folder.resolve("worker_n1.csv"))).hasSize(3);
  }

  @Test
  void aLostTailIsCountedAndNotWaitedForLongerThanItMaySettle() throws IOException {
    EventWorkload workload = workload(Duration.ofMillis(50));
    int port = workload.prepare().udpPort().orElseThrow();
    start(workload);
    send(port, 1, 1, 2, 4);
    Await.until(() -> workload.snapshot().counters().received() == 3);
    assertThat(workload.snapshot().counters().missing()).isEqualTo(1);
    workload.lastEvent(10);
    Await.until(this::isFinished);
    assertThat(workload.snapshot().counters().missing()).isEqualTo(7);
    workload.finish();
  }

  @Test
  void aRunInWhichNothingWasSentHasFinishedAtOnce() {
    EventWorkload workload = workload(FOR_EVER);
    workload.prepare();
    start(workload);
    assertThat(isFinished()).isFalse();
    workload.lastEvent(0);
    Await.until(this::isFinished);
    workload.finish();
  }

  @Test
  void theEndWaitsForTheLastCommitWait() throws IOException {
    EventWorkload workload = workload(FOR_EVER, Duration.ofMillis(1), Duration.ofMillis(300));
    int port = workload.prepare().udpPort().orElseThrow();
    start(workload);
    send(port, 1, 1, 2);
    workload.lastEvent(2);
    Await.until(this::isFinished);
    workload.finish();
    assertThat(workload.totals().orElseThrow().commitWaitsUnmeasured()).isZero();
    assertThat(Csv.rows(folder.resolve("commit_wait_n1.csv"))).hasSize(4);
  }

  /** Of a machine so busy that a measurement begins later than all commit waits are long. */
  @Test
  void aCommitWaitThatIsMeasuredLateIsWaitedFor() throws IOException {
    EventWorkload workload = workload(FOR_EVER, Duration.ofMillis(1), Duration.ofMillis(5));
    int port = workload.prepare().udpPort().orElseThrow();
    start(workload);
    lateness = Duration.ofMillis(200);
    send(port, 1, 1, 2);
    workload.lastEvent(2);
    Await.until(this::isFinished);
    workload.finish();
    assertThat(workload.totals().orElseThrow().commitWaitsUnmeasured()).isZero();
  }

  @Test
  void latenciesAreTakenBetweenTheTwoBoundedClocksAndOnlyIfBothAreKnown() throws IOException {
    EventWorkload workload = workload(FOR_EVER);
    int port = workload.prepare().udpPort().orElseThrow();
    start(workload);
    send(port, clock.nowNs(), 1);
    Await.until(() -> workload.snapshot().counters().rowsWritten() == 1);

    // The sender's clock is 1 h behind true time, ours 3 ms: an event stamped now came from 1 h in
    // the future, less 3 ms and the way.
    workload.senderClock(new SenderClock(Duration.ofMinutes(60).toNanos(), 1));
    send(port, clock.nowNs(), 2, 2);
    Await.until(() -> workload.snapshot().counters().rowsWritten() == 3);
    workload.senderClock(new SenderClock(-Duration.ofMinutes(30).toNanos(), 1));
    send(port, clock.nowNs(), 3);
    Await.until(() -> workload.snapshot().counters().rowsWritten() == 4);

    Workload.Ending ending = workload.abort("enough");
    assertThat(ending.latencyTotal().count()).isEqualTo(2);
    assertThat(ending.latencyTotal().minNs())
        .isBetween(-Duration.ofMinutes(61).toNanos(), -Duration.ofMinutes(30).toNanos());
    assertThat(ending.latencyTotal().maxNs())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(30).toNanos());
    assertThat(isFinished()).as("of a workload that was ended from outside").isFalse();
  }

  @Test
  void whatWasNeverPreparedEndsAllTheSame() {
    EventWorkload workload = workload(FOR_EVER);
    assertThat(workload.snapshot().counters()).isEqualTo(Counters.ZERO);
    assertThat(workload.abort("nobody came").exitCode()).isEqualTo(ExitCode.SUCCESS);
  }
}

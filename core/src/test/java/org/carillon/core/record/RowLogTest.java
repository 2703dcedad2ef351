package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowLogTest {

  private static final RowFormat<Long> FORMAT =
      new RowFormat<>(
          List.of(new Column("event_id", Column.Type.INTEGER, true)), row -> List.of(row));

  @TempDir private Path folder;

  private static void await(BooleanSupplier condition) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(endNs);
      Thread.yield();
    }
  }

  @Test
  void rowsReachTheFileWithoutBeingAskedAndInOrder() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RowLog<Long> log = RowLog.open(file, FORMAT, new SystemClock())) {
      await(() -> Files.exists(file) && file.toFile().length() > 0);
      LongStream.range(0, 1_000).forEach(log::offer);
      await(() -> log.writtenRows() == 1_000);
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(1_001).startsWith("event_id", "0", "1").endsWith("999");
    }
  }

  @Test
  void closingWritesWhatWasOfferedAndLaterRowsAreCountedAsLost() throws IOException {
    Path file = folder.resolve("rows.csv");
    RowLog<Long> log = RowLog.open(file, FORMAT, new SystemClock());
    List<String> expected = new ArrayList<>(List.of("event_id"));
    for (long row = 0; row < 5_000; row++) {
      assertThat(log.offer(row)).isTrue();
      expected.add(String.valueOf(row));
    }
    log.close();
    assertThat(log.offer(5_000L)).isFalse();
    log.close();
    assertThat(Files.readAllLines(file)).isEqualTo(expected);
    assertThat(log.writtenRows()).isEqualTo(5_000);
    assertThat(log.lostRows()).isEqualTo(1);
  }

  @Test
  void whileNoRowComesTheWriterSleepsAndClosingWakesIt() throws IOException {
    Path file = folder.resolve("idle.csv");
    ManualClock clock = new ManualClock(0);
    RowLog<Long> log = RowLog.open(file, FORMAT, clock);
    awaitIdle(clock, writerOf(file));
    log.close();
    assertThat(Files.readAllLines(file)).containsExactly("event_id");
    assertThat(log.lostRows()).isZero();
  }

  @Test
  void aRowAfterALongIdleTimeIsWrittenAtOnceAndThoseThatFollowWithinTheFlushInterval() {
    Path file = folder.resolve("rare.csv");
    ManualClock clock = new ManualClock(0);
    try (RowLog<Long> log = RowLog.open(file, FORMAT, clock)) {
      Thread writer = writerOf(file);
      for (int hour = 1; hour <= 3; hour++) {
        awaitIdle(clock, writer);
        long written = log.writtenRows();
        clock.advance(TimeUnit.HOURS.toNanos(1));
        log.offer(1L);
        await(() -> log.writtenRows() == written + 1);
        log.offer(2L);
        log.offer(3L);
        await(() -> writer.getState() == Thread.State.TIMED_WAITING);
        assertThat(log.writtenRows()).isEqualTo(written + 1);
        clock.advance(TimeUnit.MILLISECONDS.toNanos(50));
        await(() -> log.writtenRows() == written + 3);
      }
      assertThat(log.lostRows()).isZero();
    }
  }

  /** Lets time pass until all is written and the writer waits for a row and for nothing else. */
  private static void awaitIdle(ManualClock clock, Thread writer) {
    await(
        () -> {
          clock.advance(TimeUnit.MILLISECONDS.toNanos(1));
          return writer.getState() == Thread.State.WAITING;
        });
  }

  private static Thread writerOf(Path file) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("write " + file.getFileName()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFullDiskLosesRowsCountsThemAndHoldsNobodyUp() {
    RowLog<Long> log = RowLog.open(Path.of("/dev/full"), FORMAT, new SystemClock(), () -> {}, 16);
    long offered = 0;
    while (offered < 100_000) {
      log.offer(offered++);
    }
    log.close();
    assertThat(log.writtenRows()).isZero();
    assertThat(log.lostRows()).isEqualTo(offered);
  }

  @Test
  void aWriterThatIsInterruptedGoesOn() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RowLog<Long> log = RowLog.open(file, FORMAT, new SystemClock())) {
      writerOf(file).interrupt();
      log.offer(1L);
      await(() -> log.writtenRows() == 1);
    }
    assertThat(Files.readAllLines(file)).containsExactly("event_id", "1");
  }

  @Test
  void aSlowDiskHoldsNobodyUpLosesOnlyWhatFindsNoRoomAndCountsIt() throws IOException {
    Path file = folder.resolve("rows.csv");
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch disk = new CountDownLatch(1);
    RowLog<Long> log =
        RowLog.open(
            file,
            FORMAT,
            new SystemClock(),
            () -> {
              writing.countDown();
              awaitOpen(disk);
            },
            16);
    awaitOpen(writing); // the header is being written, and nothing is taken from the queue
    for (long row = 0; row < 100; row++) {
      assertThat(log.offer(row)).isEqualTo(row < 16);
    }
    disk.countDown();
    log.close();
    assertThat(log.lostRows()).isEqualTo(84);
    assertThat(log.writtenRows()).isEqualTo(16);
    assertThat(Files.readAllLines(file)).hasSize(17);
  }

  @Test
  void aSlowDiskIsWrittenToInFewWritesWhateverWaits() {
    ManualClock clock = new ManualClock(0);
    AtomicInteger writes = new AtomicInteger();
    RowLog<Long> log =
        RowLog.open(
            folder.resolve("rows.csv"),
            FORMAT,
            clock,
            () -> {
              writes.incrementAndGet();
              clock.advance(TimeUnit.SECONDS.toNanos(1));
            });
    for (long row = 0; row < 10_000; row++) {
      log.offer(row);
    }
    log.close();
    assertThat(log.writtenRows()).isEqualTo(10_000);
    assertThat(writes).hasValueLessThan(10);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

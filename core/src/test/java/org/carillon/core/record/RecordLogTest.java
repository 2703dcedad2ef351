package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.carillon.core.CarillonException;
import org.carillon.core.Digits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {

  /** One number a line, and its note behind it; a note that is a number is a fault. */
  private static final RecordFormat FORMAT =
      new RecordFormat() {
        @Override
        public List<Column> columns() {
          return List.of(new Column("event_id", Column.Type.INTEGER, true));
        }

        @Override
        public int recordLongs() {
          return 1;
        }

        @Override
        public int lineBytesMax() {
          return 100;
        }

        @Override
        public int format(long[] records, int at, Object note, byte[] into, int position) {
          if (note instanceof Integer) {
            throw new IllegalArgumentException("played");
          }
          byte[] text = (note == null ? "\n" : note + "\n").getBytes(StandardCharsets.US_ASCII);
          int end = Digits.put(records[at], into, position);
          System.arraycopy(text, 0, into, end, text.length);
          return end + text.length;
        }
      };

  @TempDir private Path folder;

  private static void await(BooleanSupplier condition) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(endNs);
      Thread.yield();
    }
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean put(RecordLog log, long value) {
    int at = log.claim();
    if (at >= 0) {
      log.records()[at] = value;
    }
    return at >= 0;
  }

  private static void putAndPublish(RecordLog log, int count) {
    for (int value = 0; value < count; value++) {
      put(log, value);
      log.publish();
    }
  }

  @Test
  void rowsReachTheFileWithoutBeingAskedAndInOrder() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RecordLog log = RecordLog.open(file, FORMAT, () -> {})) {
      await(() -> Files.exists(file) && file.toFile().length() > 0);
      putAndPublish(log, 1_000);
      await(() -> log.writtenRows() == 1_000);
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(1_001).startsWith("event_id", "0", "1").endsWith("999");
      assertThat(log.path()).isEqualTo(file);
    }
  }

  @Test
  void closingWritesWhatWasPublishedAndLaterRecordsAreCountedAsLost() throws IOException {
    Path file = folder.resolve("rows.csv");
    RecordLog log = RecordLog.open(file, FORMAT, () -> {});
    List<String> expected = new ArrayList<>(List.of("event_id"));
    // More than what is written at once.
    for (long row = 0; row < 50_000; row++) {
      assertThat(put(log, row)).isTrue();
      expected.add(String.valueOf(row));
    }
    log.publish();
    assertThat(put(log, 50_000)).isTrue();
    log.close();
    log.publish();
    assertThat(put(log, 50_001)).isFalse();
    log.close();
    assertThat(Files.readAllLines(file)).isEqualTo(expected);
    assertThat(log.writtenRows()).isEqualTo(50_000);
    assertThat(log.lostRows()).isEqualTo(2);
  }

  @Test
  void aNoteReachesTheLineOfItsRecord() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RecordLog log = RecordLog.open(file, FORMAT, () -> {})) {
      put(log, 1);
      put(log, 2);
      log.note(" failed");
      put(log, 3);
      log.publish();
    }
    assertThat(Files.readAllLines(file)).containsExactly("event_id", "1", "2 failed", "3");
  }

  @Test
  void aFullDiskLosesRowsCountsThemAndHoldsNobodyUp() {
    RecordLog log = RecordLog.open(Path.of("/dev/full"), FORMAT, () -> {}, 16);
    putAndPublish(log, 100_000);
    log.close();
    assertThat(log.writtenRows()).isZero();
    assertThat(log.lostRows()).isEqualTo(100_000);
  }

  @Test
  void aFullDiskNeverTakesMoreMemoryThanABlockAndTheRing() {
    AtomicInteger writes = new AtomicInteger();
    RecordLog log = RecordLog.open(Path.of("/dev/full"), FORMAT, writes::incrementAndGet, 1 << 15);
    // Some 6 bytes each: one block of 64 KiB, and then the ring stays full.
    int taken = 0;
    for (int round = 1; round <= 6; round++) {
      int before = writes.get();
      while (put(log, 100_000 + taken)) {
        taken++;
      }
      log.publish();
      await(() -> writes.get() > before + 1);
    }
    assertThat(taken).isBetween((1 << 15) + 9_000, (1 << 15) + 10_000);
    log.close();
    assertThat(log.lostRows()).isEqualTo(taken + 6);
  }

  @Test
  void aWriterThatIsInterruptedGoesOn() throws IOException {
    Path file = folder.resolve("rows.csv");
    try (RecordLog log = RecordLog.open(file, FORMAT, () -> {})) {
      await(() -> file.toFile().length() > 0);
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("write rows.csv"))
          .forEach(Thread::interrupt);
      putAndPublish(log, 1);
      await(() -> log.writtenRows() == 1);
    }
    assertThat(Files.readAllLines(file)).containsExactly("event_id", "0");
  }

  @Test
  void aSlowDiskHoldsNobodyUpLosesOnlyWhatFindsNoRoomAndCountsIt() throws IOException {
    Path file = folder.resolve("rows.csv");
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch disk = new CountDownLatch(1);
    RecordLog log =
        RecordLog.open(
            file,
            FORMAT,
            () -> {
              writing.countDown();
              awaitOpen(disk);
            },
            16);
    awaitOpen(writing); // the header is being written, and nothing is taken from the ring
    for (long row = 0; row < 100; row++) {
      assertThat(put(log, row)).isEqualTo(row < 16);
    }
    log.publish();
    disk.countDown();
    log.close();
    assertThat(log.lostRows()).isEqualTo(84);
    assertThat(log.writtenRows()).isEqualTo(16);
    assertThat(Files.readAllLines(file)).hasSize(17);
  }

  @Test
  void aSlowDiskIsWrittenToInFewWritesWhateverWaits() {
    CountDownLatch disk = new CountDownLatch(1);
    AtomicInteger writes = new AtomicInteger();
    RecordLog log =
        RecordLog.open(
            folder.resolve("rows.csv"),
            FORMAT,
            () -> {
              writes.incrementAndGet();
              awaitOpen(disk);
            });
    putAndPublish(log, 10_000);
    disk.countDown();
    log.close();
    assertThat(log.writtenRows()).isEqualTo(10_000);
    assertThat(writes).hasValueLessThan(10);
  }

  @Test
  void aFaultInAFormatCostsNoRowThatCameBeforeAndCountsTheOthers() throws IOException {
    Path file = folder.resolve("rows.csv");
    RecordLog log = RecordLog.open(file, FORMAT, () -> {});
    for (int value = 0; value < 100; value++) {
      put(log, value);
      if (value == 50) {
        log.note(0);
      }
    }
    log.publish();
    log.close();
    assertThat(Files.readAllLines(file)).hasSize(51).endsWith("49");
    assertThat(log.writtenRows()).isEqualTo(50);
    assertThat(log.lostRows()).isEqualTo(50);
  }

  @Test
  void aPipeGetsEveryRow() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<List<String>> lines =
        CompletableFuture.supplyAsync(
            () -> {
              try (BufferedReader reader = Files.newBufferedReader(pipe)) {
                return reader.lines().toList();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    try (RecordLog log = RecordLog.open(pipe, FORMAT, () -> {})) {
      putAndPublish(log, 50_000);
    }
    assertThat(lines.join()).hasSize(50_001).startsWith("event_id", "0").endsWith("49999");
  }

  @Test
  void whatCannotBeAFileIsRefusedInOneSentence() {
    assertThatThrownBy(() -> RecordLog.open(folder, FORMAT, () -> {}))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("is a folder");
  }

  /** The smallest object has 16 bytes; no compiler is needed to find out that there is none. */
  @Test
  void aRowMakesNoObjectInEitherThread() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    RecordFormat format = WorkerRecord.format("node", true);
    ClockBuffer clocks = new ClockBuffer();
    clocks.setNtp(1, 2);
    clocks.setChronoTick(3, 4);
    clocks.setTrueTime(5);
    clocks.setRawTime(6, 7);
    int rows = 60_000;
    Path file = folder.resolve("rows.csv");
    try (RecordLog log = RecordLog.open(file, format, () -> {})) {
      Thread writer =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("write rows.csv"))
              .findAny()
              .orElseThrow();
      record(log, clocks, 1_000);
      await(() -> log.writtenRows() == 1_000);
      long beforeBytes = threads.getCurrentThreadAllocatedBytes();
      long writerBeforeBytes = threads.getThreadAllocatedBytes(writer.threadId());
      record(log, clocks, rows);
      long bytes = threads.getCurrentThreadAllocatedBytes() - beforeBytes;
      await(() -> log.writtenRows() == 1_000 + rows);
      long writerBytes = threads.getThreadAllocatedBytes(writer.threadId()) - writerBeforeBytes;
      assertThat(bytes).as("bytes of %d records", rows).isLessThan(rows);
      assertThat(writerBytes).as("bytes of %d lines", rows).isLessThan(rows);
    }
  }

  private static void record(RecordLog log, ClockBuffer clocks, int rows) {
    for (int i = 0; i < rows; i++) {
      int at = log.claim();
      WorkerRecord.put(log.records(), at, i, i, 1L << 60, 7, TimestampSource.KERNEL, clocks);
      log.publish();
    }
  }
}

package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.carillon.core.event.EventWriter;
import org.carillon.core.event.WireFormat;
import org.carillon.core.record.RecordLog;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.record.WorkerRecord;
import org.carillon.core.time.ManualClock;
import org.carillon.core.udp.Datagram;
import org.carillon.events.Csv;
import org.carillon.events.NodeClocks;

class WorkerRecorderTest {

  private static final long START_NS = 1_800_000_000_123_456_789L;
  private static final String NODE = "n,\"1\"";
  private static final int BATCHES = 60;

  private static Path folder;

  private final ManualClock clock = new ManualClock(START_NS);

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("recorder");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private List<Datagram> batch(SplittableRandom random, RandomDatagrams datagrams) {
    List<Datagram> batch = new ArrayList<>();
    clock.advance(random.nextLong(20_000_000));
    int size = random.nextInt(1, 33);
    for (int i = 0; i < size; i++) {
      batch.add(
          new FakeDatagram(
              ByteBuffer.wrap(datagrams.next()),
              clock.realtimeNs() - random.nextLong(1_000_000),
              TimestampSource.values()[random.nextInt(TimestampSource.values().length)]));
    }
    return batch;
  }

  /** Every row, field by field, and every count, whatever comes. */
  @Property(tries = 60)
  void rowsAndCountsAreThoseOfASlowAndObviousWorker(
      @ForAll long seed, @ForAll boolean ofOneRun, @ForAll boolean withChronoTick)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    RandomDatagrams datagrams = new RandomDatagrams(random.split());
    OptionalLong runId = ofOneRun ? OptionalLong.of(1) : OptionalLong.empty();
    NodeClocks clocks = new RandomClocks(seed);
    SlowWorker slow = new SlowWorker(NODE, runId, clock, clocks, withChronoTick);
    EventAccounting accounting = new EventAccounting(runId);
    Path file = folder.resolve("worker.csv");
    List<Long> lastOfBatches = new ArrayList<>();
    try (RecordLog rows =
        RecordLog.open(file, WorkerRecord.format(NODE, withChronoTick), () -> {})) {
      WorkerRecorder recorder =
          new WorkerRecorder(
              clock,
              clocks,
              accounting,
              rows,
              Optional.empty(),
              Optional.of(new TrueTimeLatencies()),
              lastOfBatches::add);
      for (int i = 0; i < BATCHES; i++) {
        List<Datagram> batch = batch(random, datagrams);
        slow.take(batch);
        batch.forEach(recorder);
        recorder.endBatch();
      }
    }
    assertThat(Files.readString(file)).isEqualTo(slow.csv());
    assertThat(accounting.counts()).isEqualTo(slow.counts());
    assertThat(lastOfBatches).isNotEmpty().allMatch(id -> id >= 1);
    Files.delete(file);
  }

  /** The disk hangs until all has come: nothing waits for it, and what has no room is counted. */
  @Example
  void aDiskThatHangsCostsRowsAndNeitherTimeNorCounts() throws IOException {
    int events = 50_000;
    CountDownLatch hanging = new CountDownLatch(1);
    EventAccounting accounting = new EventAccounting(OptionalLong.empty());
    Path file = folder.resolve("hanging.csv");
    RecordLog rows =
        RecordLog.open(
            file, WorkerRecord.format(NODE, false), () -> awaitUninterrupted(hanging), 64);
    WorkerRecorder recorder =
        new WorkerRecorder(
            clock,
            new RandomClocks(1),
            accounting,
            rows,
            Optional.empty(),
            Optional.empty(),
            id -> {});
    EventWriter writer = new EventWriter(WireFormat.BINARY, OptionalInt.empty(), 1);
    ByteBuffer bytes = ByteBuffer.allocate(1_000);
    for (int id = 1; id <= events; id++) {
      writer.write(id, id - 1, START_NS, bytes);
      recorder.accept(new FakeDatagram(bytes, clock.realtimeNs(), TimestampSource.KERNEL));
      recorder.endBatch();
    }
    assertThat(accounting.counts().received()).isEqualTo(events);
    hanging.countDown();
    rows.close();
    assertThat(rows.lostRows()).isPositive();
    assertThat(rows.writtenRows() + rows.lostRows()).isEqualTo(events);
    assertThat(Csv.rows(file))
        .hasSize((int) rows.writtenRows())
        .allSatisfy(row -> assertThat(row.isConsistent()).isTrue());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

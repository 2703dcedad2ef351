package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Reading;
import org.junit.jupiter.api.Test;

/** Lines written from records equal, byte by byte, what the library writes of the same rows. */
class RecordFormatTest {

  private static final CSVFormat CSV =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setQuoteMode(QuoteMode.MINIMAL).get();

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    999_999,
    -999_999,
    1_000_000,
    999_999_999,
    1_000_000_000,
    -1_000_000_000,
    -1_000_000_001,
    1_761_411_671_679_469_271L,
    Long.MAX_VALUE,
    Long.MIN_VALUE + 1,
    Long.MIN_VALUE
  };

  private static <R> byte[] line(RowFormat<R> format, R row) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSV)) {
      printer.printRecord(format.cells().apply(row));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** In an array of just the room that is promised to be enough, behind what must stay. */
  private static byte[] line(RecordFormat format, long[] records, int at, Object note) {
    int position = 5;
    byte[] into = new byte[position + format.lineBytesMax()];
    int end = format.format(records, at, note, into, position);
    assertThat(into).startsWith(0, 0, 0, 0, 0);
    return Arrays.copyOfRange(into, position, end);
  }

  /** Extremes, timestamps of today and numbers of every size, in turn. */
  private static long any(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> 1_761_411_671_679_469_271L + random.nextLong(1L << 40);
      default -> random.nextLong() >> random.nextInt(Long.SIZE);
    };
  }

  private static long notNegative(SplittableRandom random) {
    return any(random) & Long.MAX_VALUE;
  }

  private static OptionalLong maybe(SplittableRandom random) {
    return random.nextBoolean() ? OptionalLong.of(any(random)) : OptionalLong.empty();
  }

  private static Optional<MeasuredOffset> maybeOffset(SplittableRandom random) {
    return random.nextBoolean()
        ? Optional.of(new MeasuredOffset(any(random), notNegative(random)))
        : Optional.empty();
  }

  private static ClockCells anyClocks(SplittableRandom random) {
    ClockStatus[] all = ClockStatus.values();
    ClockStatus status = all[random.nextInt(all.length)];
    Optional<Reading> bounded = Optional.empty();
    if (status != ClockStatus.UNSYNCHRONIZED) {
      long[] edges = {any(random), any(random), any(random)};
      Arrays.sort(edges);
      edges[0] -= edges[0] == edges[2] && edges[0] > Long.MIN_VALUE ? 1 : 0;
      edges[2] += edges[0] == edges[2] ? 1 : 0;
      bounded = Optional.of(new Reading(edges[0], edges[1], edges[2], status));
    }
    OptionalLong rawTimeNs = maybe(random);
    return new ClockCells(
        maybeOffset(random),
        maybeOffset(random),
        status,
        bounded,
        maybe(random),
        rawTimeNs,
        rawTimeNs.isPresent() ? OptionalLong.of(notNegative(random)) : OptionalLong.empty());
  }

  /** Rows one after another, so that what one leaves in the buffer would show in the next. */
  @Property(tries = 300)
  void aWorkersLineIsThatOfTheLibrary(@ForAll long seed, @ForAll boolean withChronoTick)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    RowFormat<WorkerRow> rows = WorkerRow.format(withChronoTick);
    RecordFormat format = WorkerRecord.format("_node-1.x", withChronoTick);
    assertThat(format.columns()).isEqualTo(rows.columns());
    ClockBuffer buffer = new ClockBuffer();
    long[] records = new long[3 * format.recordLongs()];
    for (int i = 0; i < 20; i++) {
      TimestampSource[] sources = TimestampSource.values();
      WorkerRow row =
          new WorkerRow(
              any(random),
              "_node-1.x",
              any(random),
              any(random),
              any(random),
              sources[random.nextInt(sources.length)],
              anyClocks(random));
      buffer.set(row.clocks());
      int at = i % 3 * format.recordLongs();
      WorkerRecord.put(
          records,
          at,
          row.eventId(),
          row.sequenceNumber(),
          row.receiveTimeNs(),
          row.coordinatorSendTimeNs(),
          row.source(),
          buffer);
      assertThat(line(format, records, at, null)).asString().isEqualTo(text(line(rows, row)));
    }
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  @Property(tries = 300)
  void aCoordinatorsLineIsThatOfTheLibrary(
      @ForAll long seed, @ForAll @IntRange(max = 5) int workerCount) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> workers =
        IntStream.range(0, workerCount).mapToObj(i -> "node" + i + ":900" + i).toList();
    RecordFormat format = CoordinatorRecord.format(workers);
    assertThat(format.columns()).isEqualTo(CoordinatorRow.FORMAT.columns());
    ClockBuffer buffer = new ClockBuffer();
    long[] records = new long[3 * format.recordLongs()];
    for (int i = 0; i < 20; i++) {
      int[] failed =
          IntStream.range(0, workerCount).filter(index -> random.nextInt(3) == 0).toArray();
      int at = i % 3 * format.recordLongs();
      CoordinatorRow row = anyCoordinatorRow(random, workers, failed);
      buffer.set(row.clocks());
      put(records, at, row, buffer);
      assertThat(line(format, records, at, failed.length == 0 ? null : failed))
          .asString()
          .isEqualTo(text(line(CoordinatorRow.FORMAT, row)));
    }
  }

  private static CoordinatorRow anyCoordinatorRow(
      SplittableRandom random, List<String> workers, int[] failed) {
    List<String> workersFailed = Arrays.stream(failed).mapToObj(workers::get).toList();
    List<String> workersSent = new ArrayList<>(workers);
    workersSent.removeAll(workersFailed);
    long transmitTimeNs = any(random);
    return new CoordinatorRow(
        any(random),
        any(random),
        any(random),
        any(random),
        workersSent,
        workersFailed,
        any(random),
        OptionalLong.of(any(random)),
        transmitTimeNs == CoordinatorRecord.UNKNOWN
            ? OptionalLong.empty()
            : OptionalLong.of(transmitTimeNs),
        anyClocks(random));
  }

  private static void put(long[] records, int at, CoordinatorRow row, ClockBuffer clocks) {
    CoordinatorRecord.put(
        records,
        at,
        row.eventId(),
        row.sequenceNumber(),
        row.sendTimeNs(),
        row.patternDelayNs(),
        row.scheduledTimeNs(),
        row.latenessNs().orElseThrow(),
        row.transmitTimeNs().orElse(CoordinatorRecord.UNKNOWN),
        clocks);
  }

  @Test
  void textThatNeedsQuotesHasThem() throws IOException {
    for (String worker : List.of("[fe80::1%e0]:9000", "a\"b:1", " a:1", "#a:1", "é:1 ", "a\nb:1")) {
      List<String> workers = List.of(worker, worker);
      RecordFormat format = CoordinatorRecord.format(workers);
      ClockBuffer buffer = new ClockBuffer();
      long[] records = new long[format.recordLongs()];
      for (int[] failed : new int[][] {{}, {0}, {0, 1}}) {
        CoordinatorRow row = anyCoordinatorRow(new SplittableRandom(1), workers, failed);
        List<String> sent = workers.subList(failed.length, 2);
        buffer.set(row.clocks());
        put(records, 0, row, buffer);
        CoordinatorRow expected =
            new CoordinatorRow(
                row.eventId(),
                row.sequenceNumber(),
                row.sendTimeNs(),
                row.patternDelayNs(),
                sent,
                row.workersFailed(),
                row.scheduledTimeNs(),
                row.latenessNs(),
                row.transmitTimeNs(),
                row.clocks());
        assertThat(line(format, records, 0, failed.length == 0 ? null : failed))
            .asString()
            .isEqualTo(text(line(CoordinatorRow.FORMAT, expected)));
      }
    }
  }
}

package org.carillon.control.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  private static final double[] PERCENTILES = {0, 0.1, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 100};

  @Property(tries = 300)
  void anySplitMergedInAnyOrderIsOneHistogramOfAllValues(@ForAll long seed) {
    Random random = new Random(seed);
    long[] values = values(random);
    List<LatencyRecorder> workers = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(12); i++) {
      workers.add(new LatencyRecorder());
    }
    List<LatencyHistogram> intervals = new ArrayList<>();
    for (long value : values) {
      LatencyRecorder worker = workers.get(random.nextInt(workers.size()));
      worker.record(value);
      if (random.nextInt(50) == 0) {
        intervals.add(worker.interval());
      }
    }
    workers.forEach(worker -> intervals.add(worker.interval()));
    Collections.shuffle(intervals, random);

    LatencyHistogram all = of(values);
    LatencyHistogram merged = mergedInAnyTree(intervals, random);
    assertThat(merged).isEqualTo(all).hasSameHashCodeAs(all);
    assertThat(percentiles(merged)).isEqualTo(percentiles(all));
    assertThat(workers.stream().map(LatencyRecorder::total).reduce(LatencyHistogram::plus))
        .contains(all);
  }

  @Property(tries = 100)
  void recordedTogetherTheyAreWhatTheyAreOneByOne(@ForAll long seed) {
    Random random = new Random(seed);
    long[] values = values(random);
    LatencyRecorder recorder = new LatencyRecorder();
    int count = random.nextInt(values.length + 1);
    recorder.record(values, count);
    LatencyHistogram first = recorder.interval();
    recorder.record(Arrays.copyOfRange(values, count, values.length), values.length - count);
    assertThat(first).isEqualTo(of(Arrays.copyOf(values, count)));
    assertThat(recorder.total()).isEqualTo(of(values));
  }

  @Property(tries = 300)
  void percentilesAreThoseOfTheSortedValuesWithinAThousandth(@ForAll long seed) {
    long[] values = values(new Random(seed));
    LatencyHistogram histogram = of(values);
    long[] sorted = values.clone();
    Arrays.sort(sorted);

    assertThat(histogram.count()).isEqualTo(sorted.length);
    for (double percentile : PERCENTILES) {
      // The nearest rank: the smallest value that at least this share does not exceed, reckoned in
      // whole hundredths of a percent.
      long share = Math.round(percentile * 100);
      int rank = (int) Math.max(1, (share * sorted.length + 9_999) / 10_000);
      long exact = sorted[rank - 1];
      assertThat(Math.abs(histogram.percentileNs(percentile) - exact))
          .as("percentile %s of %s", percentile, histogram)
          .isLessThanOrEqualTo(Math.abs(exact) / 1_000);
    }
    assertThat(histogram.minNs()).isEqualTo(histogram.percentileNs(0));
    assertThat(histogram.maxNs()).isEqualTo(histogram.percentileNs(100));
  }

  @Property(tries = 200)
  void whatIsEncodedIsDecoded(@ForAll long seed) {
    LatencyHistogram histogram = of(values(new Random(seed)));

    LatencyHistogram decoded =
        LatencyHistogram.decode(histogram.notNegativeBytes(), histogram.negativeBytes());
    assertThat(decoded).isEqualTo(histogram).hasSameHashCodeAs(histogram);
    assertThat(percentiles(decoded)).isEqualTo(percentiles(histogram));
    assertThat(decoded.plus(decoded)).isEqualTo(histogram.plus(histogram));
  }

  @Property(tries = 2_000)
  void garbageIsRefused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = of(values(random)).plus(of(7)).notNegativeBytes();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    assertDecodesOrIsRefused(bytes);

    byte[] noise = new byte[1 + random.nextInt(300)];
    random.nextBytes(noise);
    assertDecodesOrIsRefused(noise);
  }

  @Property(tries = 2_000)
  void garbageThatIsWellCompressedIsRefused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] plain = new byte[40 + random.nextInt(60)];
    random.nextBytes(plain);
    ByteBuffer header = ByteBuffer.wrap(plain).putInt(0x1c849313).putInt(plain.length - 40);
    header.putInt(0).putInt(3).putLong(1).putLong((1L << 42) - 1).putDouble(1);
    if (random.nextBoolean()) {
      plain[random.nextInt(40)] = (byte) random.nextInt(256);
    }
    assertDecodesOrIsRefused(compressed(plain));
  }

  private static void assertDecodesOrIsRefused(byte[] bytes) {
    try {
      LatencyHistogram decoded = LatencyHistogram.decode(bytes, new byte[0]);
      assertThat(decoded.count()).isNotNegative();
      if (decoded.count() > 0) {
        assertThat(decoded.minNs()).isNotNegative();
        assertThat(decoded.percentileNs(50)).isBetween(decoded.minNs(), decoded.maxNs());
      }
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("latency histogram: ");
    }
  }

  @Test
  void peerCannotMakeItTakeMemory() {
    byte[] manyDigits = encoded(new Histogram(1, 1L << 40, 5));
    byte[] farValues = encoded(new Histogram(1, 1L << 60, 3));
    ByteBuffer header =
        ByteBuffer.allocate(40)
            .putInt(0x1c849313)
            .putInt(Integer.MAX_VALUE)
            .putInt(0)
            .putInt(3)
            .putLong(1)
            .putLong(1_000)
            .putDouble(1);

    assertRefused(manyDigits, "not three significant digits");
    assertRefused(farValues, "values beyond the range");
    assertRefused(compressed(header.array()), "too many counts");
    assertRefused(new byte[10], "not HdrHistogram's V2 compressed form");
    assertRefused(new byte[3], "too short");
  }

  @Test
  void countsThatWouldOverflowASumAreRefused() {
    Histogram histogram = new Histogram(1, 10_000, 3);
    histogram.recordValueWithCount(5, 1L << 41);
    assertRefused(encoded(histogram), "a count beyond the range");
  }

  @Test
  void zeroIsNoNegativeValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyHistogram.decode(new byte[0], of(0).notNegativeBytes()))
        .withMessageContaining("0 among the negative");
  }

  @Test
  void emptyHasNoBytesAndNoPercentiles() {
    assertThat(LatencyHistogram.EMPTY.notNegativeBytes()).isEmpty();
    assertThat(LatencyHistogram.EMPTY.negativeBytes()).isEmpty();
    assertThat(LatencyHistogram.decode(new byte[0], new byte[0])).isEqualTo(LatencyHistogram.EMPTY);
    assertThat(LatencyHistogram.EMPTY.plus(of(-3, 4))).isEqualTo(of(4, -3));
    assertThat(LatencyHistogram.EMPTY.count()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> LatencyHistogram.EMPTY.percentileNs(50));
    assertThatIllegalStateException().isThrownBy(LatencyHistogram.EMPTY::minNs);
    assertThatIllegalStateException().isThrownBy(LatencyHistogram.EMPTY::maxNs);
  }

  @Test
  void valuesBeyondTheRangeAreCountedAtItsEnds() {
    LatencyHistogram histogram = of(Long.MIN_VALUE, -1L << 50, 1L << 50, Long.MAX_VALUE);

    assertThat(histogram).isEqualTo(of(-(1L << 42), -(1L << 42) + 1, (1L << 42) - 1, 1L << 42));
    assertThat(histogram.count()).isEqualTo(4);
    assertThat(histogram.maxNs()).isEqualTo((1L << 42) - 1);
    assertThat(LatencyHistogram.decode(histogram.notNegativeBytes(), histogram.negativeBytes()))
        .isEqualTo(histogram);
  }

  @Test
  void mergingChangesNeitherPart() {
    LatencyHistogram one = of(1, 2);
    LatencyHistogram other = of(-5, 1_000_000);
    assertThat(one.plus(other).count()).isEqualTo(4);
    assertThat(one).isEqualTo(of(2, 1)).isNotEqualTo(other);
    assertThat(other).isEqualTo(of(1_000_000, -5)).isNotEqualTo(of(1_000_000, 5));
  }

  @Test
  void intervalBeginsAnewAndTotalGoesOn() {
    LatencyRecorder recorder = new LatencyRecorder();
    recorder.record(1);
    LatencyHistogram first = recorder.interval();
    recorder.record(-2);
    assertThat(recorder.total()).isEqualTo(of(1, -2));
    assertThat(recorder.interval()).isEqualTo(of(-2));
    assertThat(recorder.interval()).isEqualTo(LatencyHistogram.EMPTY);
    assertThat(first).isEqualTo(of(1));
    assertThat(recorder.total()).isEqualTo(of(1, -2));
  }

  @Test
  void threadsLoseNoValue() throws InterruptedException {
    LatencyRecorder recorder = new LatencyRecorder();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int value = -20_000; value < 20_000; value++) {
                      recorder.record(value);
                    }
                  }));
    }
    LatencyHistogram sum = LatencyHistogram.EMPTY;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      sum = sum.plus(recorder.interval());
    }
    for (Thread thread : threads) {
      thread.join();
    }
    sum = sum.plus(recorder.interval());
    assertThat(sum.count()).isEqualTo(160_000);
    assertThat(sum).isEqualTo(recorder.total());
  }

  /** Of both signs, of every magnitude, with many that are the same. */
  private static long[] values(Random random) {
    int magnitudeBits = 1 + random.nextInt(42);
    int sign = random.nextInt(3) - 1;
    return random
        .longs(1 + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 200))
        .map(bits -> bits >>> (Long.SIZE - 1 - random.nextInt(magnitudeBits)))
        .map(value -> Math.min(value, (1L << 42) - 1))
        .map(value -> sign == 0 ? (random.nextBoolean() ? value : -value) : sign * value)
        .toArray();
  }

  private static LatencyHistogram mergedInAnyTree(List<LatencyHistogram> parts, Random random) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int middle = 1 + random.nextInt(parts.size() - 1);
    return mergedInAnyTree(parts.subList(0, middle), random)
        .plus(mergedInAnyTree(parts.subList(middle, parts.size()), random));
  }

  private static long[] percentiles(LatencyHistogram histogram) {
    return Arrays.stream(PERCENTILES).mapToLong(histogram::percentileNs).toArray();
  }

  private static LatencyHistogram of(long... values) {
    LatencyRecorder recorder = new LatencyRecorder();
    Arrays.stream(values).forEach(recorder::record);
    return recorder.interval();
  }

  private static byte[] encoded(Histogram histogram) {
    histogram.recordValue(1);
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    return Arrays.copyOf(buffer.array(), histogram.encodeIntoCompressedByteBuffer(buffer));
  }

  private static byte[] compressed(byte[] plain) {
    Deflater deflater = new Deflater();
    deflater.setInput(plain);
    deflater.finish();
    byte[] deflated = new byte[2 * plain.length + 100];
    int length = deflater.deflate(deflated);
    deflater.end();
    return ByteBuffer.allocate(8 + length)
        .putInt(0x1c849314)
        .putInt(length)
        .put(deflated, 0, length)
        .array();
  }

  private static void assertRefused(byte[] bytes, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyHistogram.decode(bytes, new byte[0]))
        .withMessage("latency histogram: " + why);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyHistogram.decode(new byte[0], bytes));
  }
}

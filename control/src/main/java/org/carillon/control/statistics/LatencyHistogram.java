package org.carillon.control.statistics;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * Latencies in ns, of any sign: the best estimates of two bounded clocks may lie on the wrong side
 * of each other by their errors. Two HdrHistograms, of the values from 0 up and of the magnitudes
 * below, with three significant digits. Immutable.
 *
 * <p>A value is known by the bucket that it fell into, no wider than a thousandth of it. What is
 * asked for is told by the bucket's edge: the lower one for the minimum, the upper one for
 * everything else.
 */
public final class LatencyHistogram {

  /** The largest magnitude, about 73 minutes; what is larger is recorded as this. */
  static final long MAGNITUDE_MAX_NS = (1L << 42) - 1;

  static final int SIGNIFICANT_DIGITS = 3;

  private static final Histogram NONE = new Histogram(1, 2, SIGNIFICANT_DIGITS);

  /** No latencies. */
  public static final LatencyHistogram EMPTY = new LatencyHistogram(NONE, NONE);

  // HdrHistogram's V2 encoding, compressed: cookie, length of the rest, deflated rest. Inside of
  // it: cookie, length of the counts, offset of the indexes, digits, lowest and highest value (8
  // bytes each), ratio to doubles, counts of 1 to 9 bytes each.
  private static final int COMPRESSED_COOKIE = 0x1c849314;
  private static final int COMPRESSED_HEADER_BYTES = 8;
  private static final int COOKIE = 0x1c849313;
  private static final int HEADER_BYTES = 40;
  private static final int COUNTS_MAX_BYTES =
      9
          * (new Histogram(1, MAGNITUDE_MAX_NS, SIGNIFICANT_DIGITS).getNeededByteBufferCapacity()
              / 8);

  /** A sum of 2^15 buckets of this size is far from overflowing. */
  private static final long COUNT_MAX = 1L << 40;

  private final Histogram notNegative;
  private final Histogram negative;

  private LatencyHistogram(Histogram notNegative, Histogram negative) {
    this.notNegative = notNegative;
    this.negative = negative;
  }

  /** Takes over two histograms, which nobody may change any more. */
  static LatencyHistogram of(Histogram notNegative, Histogram negative) {
    return new LatencyHistogram(
        notNegative.getTotalCount() == 0 ? NONE : notNegative,
        negative.getTotalCount() == 0 ? NONE : negative);
  }

  /**
   * What {@link #notNegativeBytes} and {@link #negativeBytes} made. Takes no more memory than the
   * largest histogram does, whatever the bytes say.
   *
   * @throws IllegalArgumentException if these are no such bytes, with what is wrong
   */
  public static LatencyHistogram decode(byte[] notNegative, byte[] negative) {
    LatencyHistogram latencies = of(decode(notNegative), decode(negative));
    if (latencies.negative.getCountAtValue(0) > 0) {
      throw new IllegalArgumentException("latency histogram: a value of 0 among the negative ones");
    }
    return latencies;
  }

  private static Histogram decode(byte[] bytes) {
    if (bytes.length == 0) {
      return NONE;
    }
    ByteBuffer outer = ByteBuffer.wrap(bytes);
    require(bytes.length > COMPRESSED_HEADER_BYTES, "too short");
    require(outer.getInt() == COMPRESSED_COOKIE, "not HdrHistogram's V2 compressed form");
    require(outer.getInt() == outer.remaining(), "another length than it says");
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(outer);
      byte[] header = new byte[HEADER_BYTES];
      require(inflater.inflate(header) == HEADER_BYTES, "too short");
      byte[] plain = Arrays.copyOf(header, HEADER_BYTES + checkedLength(ByteBuffer.wrap(header)));
      int length = inflater.inflate(plain, HEADER_BYTES, plain.length - HEADER_BYTES);
      require(length == plain.length - HEADER_BYTES, "too short");
      return checked(counts(plain));
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("latency histogram: damaged", e);
    } finally {
      inflater.end();
    }
  }

  private static Histogram counts(byte[] plain) {
    try {
      return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(plain), 0);
    } catch (RuntimeException e) {
      // It stumbles over broken counts with exceptions of many kinds.
      throw new IllegalArgumentException("latency histogram: damaged counts", e);
    }
  }

  /** The length of the counts, if the header is one that we write. */
  private static int checkedLength(ByteBuffer header) {
    require(header.getInt() == COOKIE, "not HdrHistogram's V2 form");
    int length = header.getInt();
    require(length >= 0 && length <= COUNTS_MAX_BYTES, "too many counts");
    require(header.getInt() == 0, "shifted values");
    require(header.getInt() == SIGNIFICANT_DIGITS, "not three significant digits");
    require(header.getLong() == 1, "not in steps of 1 ns");
    long highest = header.getLong();
    require(highest >= 2 && highest <= MAGNITUDE_MAX_NS, "values beyond the range");
    require(header.getDouble() == 1, "scaled values");
    return length;
  }

  private static Histogram checked(Histogram histogram) {
    long top = histogram.getHighestTrackableValue();
    for (long value = 0; value <= top; value = histogram.nextNonEquivalentValue(value)) {
      require(histogram.getCountAtValue(value) <= COUNT_MAX, "a count beyond the range");
    }
    return histogram;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("latency histogram: " + otherwise);
    }
  }

  /** All latencies of both; in any order of merging the result is the same. */
  public LatencyHistogram plus(LatencyHistogram other) {
    return new LatencyHistogram(sum(notNegative, other.notNegative), sum(negative, other.negative));
  }

  private static Histogram sum(Histogram one, Histogram other) {
    if (one.getMaxValue() < other.getMaxValue()) {
      return sum(other, one);
    }
    if (other.getTotalCount() == 0) {
      return one;
    }
    Histogram sum = one.copy();
    sum.add(other);
    return sum;
  }

  /** How many. */
  public long count() {
    return negative.getTotalCount() + notNegative.getTotalCount();
  }

  /**
   * The value that this share of all values does not exceed, in ns.
   *
   * @param percentile 0 to 100; 0 is the minimum, 100 the maximum
   * @throws IllegalStateException if there are no values
   */
  public long percentileNs(double percentile) {
    if (!(percentile >= 0 && percentile <= 100)) {
      throw new IllegalArgumentException("not a percentile: " + percentile);
    }
    requireValues();
    if (percentile == 0) {
      return minNs();
    }
    // One ulp down, or 99.9 % of 1,000 values would be the value at rank 1,000.
    long rank = Math.max(1, (long) Math.ceil(Math.nextDown(percentile) * count() / 100));
    long below = negative.getTotalCount();
    return rank <= below
        ? -negative.lowestEquivalentValue(valueAt(negative, below - rank + 1))
        : valueAt(notNegative, rank - below);
  }

  /** The value at a rank, from 1 up; the half keeps rounding away from the next rank. */
  private static long valueAt(Histogram histogram, long rank) {
    return histogram.getValueAtPercentile(100 * (rank - 0.5) / histogram.getTotalCount());
  }

  /**
   * The smallest, in ns.
   *
   * @throws IllegalStateException if there are no values
   */
  public long minNs() {
    requireValues();
    return negative.getTotalCount() > 0 ? -negative.getMaxValue() : notNegative.getMinValue();
  }

  /**
   * The largest, in ns.
   *
   * @throws IllegalStateException if there are no values
   */
  public long maxNs() {
    requireValues();
    return notNegative.getTotalCount() > 0 ? notNegative.getMaxValue() : -negative.getMinValue();
  }

  private void requireValues() {
    if (count() == 0) {
      throw new IllegalStateException("no latencies");
    }
  }

  /** The values from 0 up in HdrHistogram's V2 compressed encoding; no bytes if there are none. */
  public byte[] notNegativeBytes() {
    return encode(notNegative);
  }

  /** The magnitudes of the values below 0, the same. */
  public byte[] negativeBytes() {
    return encode(negative);
  }

  private static byte[] encode(Histogram histogram) {
    if (histogram.getTotalCount() == 0) {
      return new byte[0];
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatencyHistogram that
        && notNegative.equals(that.notNegative)
        && negative.equals(that.negative);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        notNegative.getTotalCount(),
        notNegative.getMaxValue(),
        negative.getTotalCount(),
        negative.getMaxValue());
  }

  @Override
  public String toString() {
    return count() == 0
        ? "no latencies"
        : "%d latencies from %d to %d ns".formatted(count(), minNs(), maxNs());
  }
}

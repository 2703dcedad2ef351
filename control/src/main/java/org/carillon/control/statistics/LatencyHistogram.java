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

  /** No latencies. */
  public static final LatencyHistogram EMPTY = new LatencyHistogram(Buckets.NONE, Buckets.NONE);

  // HdrHistogram's V2 encoding, compressed: cookie, length of the rest, deflated rest. Inside of
  // it: cookie, length of the counts, offset of the indexes, digits, lowest and highest value (8
  // bytes each), ratio to doubles, counts of 1 to 9 bytes each.
  private static final int COMPRESSED_COOKIE = 0x1c849314;
  private static final int COMPRESSED_HEADER_BYTES = 8;
  private static final int COOKIE = 0x1c849313;
  private static final int HEADER_BYTES = 40;
  private static final int COUNTS_MAX_BYTES =
      9
          * (new Histogram(1, Buckets.VALUE_MAX, Buckets.SIGNIFICANT_DIGITS)
                  .getNeededByteBufferCapacity()
              / 8);

  private final Buckets notNegative;
  private final Buckets negative;

  private LatencyHistogram(Buckets notNegative, Buckets negative) {
    this.notNegative = notNegative;
    this.negative = negative;
  }

  /** What two histograms of three digits hold now. */
  static LatencyHistogram of(Histogram notNegative, Histogram negative) {
    return new LatencyHistogram(Buckets.of(notNegative), Buckets.of(negative));
  }

  /**
   * What {@link #notNegativeBytes} and {@link #negativeBytes} made. Takes no more memory than the
   * largest histogram does, whatever the bytes say.
   *
   * @throws IllegalArgumentException if these are no such bytes, with what is wrong
   */
  public static LatencyHistogram decode(byte[] notNegative, byte[] negative) {
    LatencyHistogram latencies = new LatencyHistogram(decode(notNegative), decode(negative));
    if (latencies.negative.total() > 0 && latencies.negative.min() == 0) {
      throw new IllegalArgumentException("latency histogram: a value of 0 among the negative ones");
    }
    return latencies;
  }

  private static Buckets decode(byte[] bytes) {
    if (bytes.length == 0) {
      return Buckets.NONE;
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
      return Buckets.of(counts(plain));
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
    require(header.getInt() == Buckets.SIGNIFICANT_DIGITS, "not three significant digits");
    require(header.getLong() == 1, "not in steps of 1 ns");
    long highest = header.getLong();
    require(highest >= 2 && highest <= Buckets.VALUE_MAX, "values beyond the range");
    require(header.getDouble() == 1, "scaled values");
    return length;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("latency histogram: " + otherwise);
    }
  }

  /** All latencies of both; in any order of merging the result is the same. */
  public LatencyHistogram plus(LatencyHistogram other) {
    return new LatencyHistogram(notNegative.plus(other.notNegative), negative.plus(other.negative));
  }

  /** How many. */
  public long count() {
    return negative.total() + notNegative.total();
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
    long below = negative.total();
    return rank <= below
        ? -negative.lowerEdgeAt(below - rank + 1)
        : notNegative.upperEdgeAt(rank - below);
  }

  /**
   * The smallest, in ns.
   *
   * @throws IllegalStateException if there are no values
   */
  public long minNs() {
    requireValues();
    return negative.total() > 0 ? -negative.max() : notNegative.min();
  }

  /**
   * The largest, in ns.
   *
   * @throws IllegalStateException if there are no values
   */
  public long maxNs() {
    requireValues();
    return notNegative.total() > 0 ? notNegative.max() : -negative.min();
  }

  private void requireValues() {
    if (count() == 0) {
      throw new IllegalStateException("no latencies");
    }
  }

  /** The values from 0 up in HdrHistogram's V2 compressed encoding; no bytes if there are none. */
  public byte[] notNegativeBytes() {
    return notNegative.encoded();
  }

  /** The magnitudes of the values below 0, the same. */
  public byte[] negativeBytes() {
    return negative.encoded();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatencyHistogram that
        && notNegative.equals(that.notNegative)
        && negative.equals(that.negative);
  }

  @Override
  public int hashCode() {
    return Objects.hash(notNegative, negative);
  }

  @Override
  public String toString() {
    return count() == 0
        ? "no latencies"
        : "%d latencies from %d to %d ns".formatted(count(), minNs(), maxNs());
  }
}

package org.carillon.control.statistics;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * How many values from 0 up fell into which of HdrHistogram's buckets. Holds only the buckets that
 * are not empty: a second of a worker fills some hundreds of the thousands between its smallest and
 * its largest value, and a coordinator keeps two histograms of every worker. Immutable.
 */
final class Buckets {

  /** The largest value, about 73 minutes in ns. */
  static final long VALUE_MAX = (1L << 42) - 1;

  static final int SIGNIFICANT_DIGITS = 3;

  /** A sum of 2^15 buckets of this size is far from overflowing. */
  private static final long COUNT_MAX = 1L << 40;

  static final Buckets NONE = new Buckets(new long[0], new long[0]);

  /** Where buckets begin and end is the same whatever the range. */
  private static final Histogram LAYOUT = new Histogram(1, VALUE_MAX, SIGNIFICANT_DIGITS);

  /** Ascending. */
  private final long[] lowerEdges;

  /** In the same order, none of them 0. */
  private final long[] counts;

  private final long total;

  private Buckets(long[] lowerEdges, long[] counts) {
    this.lowerEdges = lowerEdges;
    this.counts = counts;
    this.total = Arrays.stream(counts).sum();
  }

  /**
   * What a histogram of our digits holds now.
   *
   * @throws IllegalArgumentException if sums of such counts could overflow
   */
  static Buckets of(Histogram histogram) {
    Filling filling = new Filling(64);
    long top = histogram.getMaxValue();
    for (long value = 0; value <= top; value = histogram.nextNonEquivalentValue(value)) {
      long count = histogram.getCountAtValue(value);
      if (count > COUNT_MAX) {
        throw new IllegalArgumentException("latency histogram: a count beyond the range");
      }
      if (count > 0) {
        filling.add(value, count);
      }
    }
    return filling.done();
  }

  /** The values of both. */
  Buckets plus(Buckets other) {
    if (other.total == 0) {
      return this;
    }
    Filling sum = new Filling(lowerEdges.length + other.lowerEdges.length);
    int mine = 0;
    int others = 0;
    while (mine < lowerEdges.length || others < other.lowerEdges.length) {
      long edge = Math.min(edge(mine), other.edge(others));
      long count = 0;
      if (edge == edge(mine)) {
        count += counts[mine++];
      }
      if (edge == other.edge(others)) {
        count += other.counts[others++];
      }
      sum.add(edge, count);
    }
    return sum.done();
  }

  /** Beyond the last bucket there is none. */
  private long edge(int index) {
    return index < lowerEdges.length ? lowerEdges[index] : Long.MAX_VALUE;
  }

  /** How many values there are. */
  long total() {
    return total;
  }

  /** The lower edge of the first bucket; there must be one. */
  long min() {
    return lowerEdges[0];
  }

  /** The upper edge of the last bucket; there must be one. */
  long max() {
    return LAYOUT.highestEquivalentValue(lowerEdges[lowerEdges.length - 1]);
  }

  /** The lower edge of the bucket of the value at a rank, from 1 to {@link #total}. */
  long lowerEdgeAt(long rank) {
    int index = 0;
    for (long left = rank; left > counts[index]; index++) {
      left -= counts[index];
    }
    return lowerEdges[index];
  }

  /** The upper edge of the same bucket. */
  long upperEdgeAt(long rank) {
    return LAYOUT.highestEquivalentValue(lowerEdgeAt(rank));
  }

  /** In HdrHistogram's V2 compressed encoding; no bytes if there are no values. */
  byte[] encoded() {
    if (total == 0) {
      return new byte[0];
    }
    Histogram histogram = new Histogram(1, Math.max(2, max()), SIGNIFICANT_DIGITS);
    for (int i = 0; i < counts.length; i++) {
      histogram.recordValueWithCount(lowerEdges[i], counts[i]);
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Buckets that
        && Arrays.equals(lowerEdges, that.lowerEdges)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(lowerEdges) + Arrays.hashCode(counts);
  }

  /** Buckets that come in ascending order. */
  private static final class Filling {
    private long[] lowerEdges;
    private long[] counts;
    private int size;

    Filling(int capacity) {
      lowerEdges = new long[capacity];
      counts = new long[capacity];
    }

    void add(long lowerEdge, long count) {
      if (size == counts.length) {
        lowerEdges = Arrays.copyOf(lowerEdges, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      lowerEdges[size] = lowerEdge;
      counts[size++] = count;
    }

    Buckets done() {
      return size == 0
          ? NONE
          : new Buckets(Arrays.copyOf(lowerEdges, size), Arrays.copyOf(counts, size));
    }
  }
}

package org.carillon.analysis.statistics.quality;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A clock's offsets at even steps of time, on straight lines between measurements. A step without
 * measurements near it, as while a server was away, is missing.
 *
 * <p>Of noise that is white in the measurements the lines leave two thirds of the variance in the
 * mean, so that a deviation over one step reads up to a fifth low.
 *
 * @param intervalNs from one step to the next, above zero
 * @param offsetsNs less the first one; not a number where missing
 */
record EvenGrid(long intervalNs, double[] offsetsNs) {

  /** More than any run needs: measurements a few ns apart are damage. */
  private static final long MAX_STEPS = 1 << 20;

  /**
   * The grid of a series. For half of the time measurements are no further apart than its interval.
   *
   * @param samples by time, of different times
   * @return empty if there are fewer than two, or far too many steps
   */
  static Optional<EvenGrid> of(List<OffsetSample> samples) {
    if (samples.size() < 2) {
      return Optional.empty();
    }
    long fromNs = samples.getFirst().timeNs();
    long spanNs = samples.getLast().timeNs() - fromNs;
    long intervalNs = interval(samples, spanNs);
    long steps = spanNs / intervalNs + 1;
    if (steps > MAX_STEPS) {
      return Optional.empty();
    }
    long baseNs = samples.getFirst().offsetNs();
    double[] offsetsNs = new double[(int) steps];
    int next = 1;
    for (int step = 0; step < offsetsNs.length; step++) {
      long timeNs = fromNs + step * intervalNs;
      while (samples.get(next).timeNs() < timeNs) {
        next++;
      }
      OffsetSample before = samples.get(next - 1);
      OffsetSample after = samples.get(next);
      long apartNs = after.timeNs() - before.timeNs();
      offsetsNs[step] =
          apartNs > 2 * intervalNs
              ? Double.NaN
              : before.offsetNs()
                  - baseNs
                  + (double) (after.offsetNs() - before.offsetNs())
                      * (timeNs - before.timeNs())
                      / apartNs;
    }
    return Optional.of(new EvenGrid(intervalNs, offsetsNs));
  }

  /** The median of the intervals, each with the weight of its length. */
  private static long interval(List<OffsetSample> samples, long spanNs) {
    long[] apartNs =
        IntStream.range(1, samples.size())
            .mapToLong(i -> samples.get(i).timeNs() - samples.get(i - 1).timeNs())
            .sorted()
            .toArray();
    long sumNs = 0;
    for (long apart : apartNs) {
      sumNs += apart;
      if (sumNs >= spanNs / 2) {
        return apart;
      }
    }
    throw new IllegalStateException("intervals do not add up to " + spanNs);
  }
}

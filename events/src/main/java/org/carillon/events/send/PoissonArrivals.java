package org.carillon.events.send;

import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Arrivals of a Poisson process: the gaps are −ln(u) times their mean, u uniform in (0, 1] (Knuth,
 * The Art of Computer Programming, volume 2, 3.4.1 D), each rounded to a nanosecond.
 */
final class PoissonArrivals implements Schedule {

  /** Beyond this nothing is ever due; far enough from what a long holds for one more gap. */
  private static final long LATEST_NS = Long.MAX_VALUE / 2;

  private final double meanGapNs;
  private final long seed;

  /**
   * @param meanGapNs above 0
   */
  PoissonArrivals(double meanGapNs, long seed) {
    this.meanGapNs = meanGapNs;
    this.seed = seed;
  }

  @Override
  public Cursor walk() {
    SplittableRandom random = new SplittableRandom(seed);
    return new Cursor() {
      private long dueNs;

      @Override
      public long next() {
        // StrictMath: the same bits on every machine.
        double gapNs = -StrictMath.log(1 - random.nextDouble()) * meanGapNs;
        dueNs = Math.min(dueNs + Math.min(Math.round(gapNs), LATEST_NS), LATEST_NS);
        return dueNs;
      }
    };
  }

  @Override
  public double meanRateHz() {
    return 1e9 / meanGapNs;
  }

  @Override
  public long expectedOffsetNs(long index) {
    double ns = index * meanGapNs;
    if (ns >= Long.MAX_VALUE) {
      throw new ArithmeticException("more than 292 years");
    }
    return Math.round(ns);
  }

  @Override
  public OptionalLong seed() {
    return OptionalLong.of(seed);
  }

  @Override
  public String peculiarity() {
    return "Poisson arrivals with seed " + seed;
  }
}

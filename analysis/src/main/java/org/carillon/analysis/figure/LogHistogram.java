package org.carillon.analysis.figure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many times there are of each size, below zero too. A bin holds a 128th of a doubling (0.5 %)
 * and knows the least and the greatest time in it; so its memory is bounded whatever is counted,
 * and the number of times up to a bin's greatest is exact.
 *
 * @param bins by rising times
 */
record LogHistogram(List<Bin> bins) {

  /** Bins of each doubling; the statements that count have the same number. */
  static final int BINS_PER_DOUBLING = 128;

  /**
   * Times of about one size.
   *
   * @param number 0 for the time 0, ±(1 + ⌊128·log₂|t|⌋) for others
   * @param n how many, at least 1
   */
  record Bin(int number, long n, long leastNs, long greatestNs) {
    Bin plus(Bin other) {
      return new Bin(
          number,
          n + other.n,
          Math.min(leastNs, other.leastNs),
          Math.max(greatestNs, other.greatestNs));
    }
  }

  /** So many times are at most so long. */
  record Step(long ns, long atMost) {}

  LogHistogram {
    bins = List.copyOf(bins);
  }

  /** Collects bins in any order; parts of the same bin are added up. */
  static final class Builder {
    private final Map<Integer, Bin> bins = new TreeMap<>();

    void add(Bin bin) {
      bins.merge(bin.number(), bin, Bin::plus);
    }

    LogHistogram build() {
      return new LogHistogram(List.copyOf(bins.values()));
    }
  }

  /** All of them together. */
  static LogHistogram pooled(Collection<LogHistogram> parts) {
    Builder all = new Builder();
    parts.forEach(part -> part.bins.forEach(all::add));
    return all.build();
  }

  /** The least time, rounded up, of a bin with a number above zero. */
  static long floorNs(int number) {
    return (long) Math.ceil(Math.pow(2, (number - 1) / (double) BINS_PER_DOUBLING));
  }

  long n() {
    return bins.stream().mapToLong(Bin::n).sum();
  }

  long leastNs() {
    return bins.getFirst().leastNs();
  }

  long greatestNs() {
    return bins.getLast().greatestNs();
  }

  /** The distance from zero, above zero, that 2 % of the times other than 0 do not reach. */
  double smallNs() {
    Map<Integer, Long> bySize = new TreeMap<>();
    for (Bin bin : bins) {
      if (bin.number() != 0) {
        bySize.merge(Math.abs(bin.number()), bin.n(), Long::sum);
      }
    }
    long passed = 0;
    long n = bySize.values().stream().mapToLong(Long::longValue).sum();
    for (Map.Entry<Integer, Long> entry : bySize.entrySet()) {
      passed += entry.getValue();
      if (passed * 50 > n) {
        return floorNs(entry.getKey());
      }
    }
    return 1;
  }

  /** A logarithmic axis of times that holds them all. */
  LogAxis axis() {
    return LogAxis.of(LogAxis.Labels.NS, leastNs(), greatestNs(), smallNs());
  }

  /**
   * Exact points of the cumulated distribution: of its bins those that can be told apart on paper,
   * the first and the last always.
   *
   * @param most about so many
   */
  List<Step> steps(int most) {
    List<Step> steps = new ArrayList<>();
    long n = n();
    long atMost = 0;
    long level = -1;
    for (int i = 0; i < bins.size(); i++) {
      atMost += bins.get(i).n();
      long newLevel = (long) ((double) atMost / n * most);
      if (newLevel > level || i == bins.size() - 1) {
        steps.add(new Step(bins.get(i).greatestNs(), atMost));
        level = newLevel;
      }
    }
    return steps;
  }
}

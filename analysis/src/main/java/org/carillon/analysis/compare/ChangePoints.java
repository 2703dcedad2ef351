package org.carillon.analysis.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Finds where a series of runs changed its level.
 *
 * <p>Circular binary segmentation (A. Olshen, E. Venkatraman, R. Lucito and M. Wigler,
 * Biostatistics 5, 2004) on ranks: of all stretches of runs it takes the one whose rank sum differs
 * most from what its length lets expect, for its variance: the largest {@code D²/(m(n−m))}, where D
 * is the sum of its m midranks less m(n+1)/2, which is Wilcoxon's statistic. A stretch may begin
 * with the first run or end with the last, and then it is a single change; else it is a change and
 * one back, which no single parting of the runs would show. Whether the stretch differs by more
 * than chance is told by a permutation test, which needs nothing but that the runs could as well
 * have come in another order. If it does, its parts are searched in the same way. At last each
 * change is moved to where the medians of its two levels fit best, and taken back if they do not
 * differ from one another by a test of their own.
 *
 * <p>Ranks make it hold against single runs that went astray.
 */
final class ChangePoints {

  /** How often a series that did not change is said to have, at most. */
  static final double LEVEL = 0.01;

  /** With fewer runs no order of them is rare enough: of eleven, 4 of 462 partings are as clear. */
  static final int FEWEST = 12;

  /** Fewer runs are no level. */
  private static final int SIDE = 3;

  private static final int PERMUTATIONS = 999;

  /**
   * A change.
   *
   * @param index of the first value after it, from 0
   * @param before median of the values between the change before it and this one
   * @param after median of the values from here to the next change
   * @param pValue how likely chance alone makes a stretch as clear as the one that it bounds
   */
  record ChangePoint(int index, double before, double after, double pValue) {}

  /** A stretch of values, from one index to before another, and how clear it is. */
  private record Stretch(int from, int to, double clarity) {}

  private final double[] values;
  private final SplittableRandom random;

  /** P-values by index. */
  private final TreeMap<Integer, Double> found = new TreeMap<>();

  private ChangePoints(double[] values, long seed) {
    this.values = values;
    this.random = new SplittableRandom(seed);
  }

  /**
   * All changes, in order.
   *
   * @param values one per run, in the order of the runs
   * @param seed of the permutations
   */
  static List<ChangePoint> of(double[] values, long seed) {
    ChangePoints search = new ChangePoints(values, seed);
    search.search(0, values.length);
    search.settle();
    search.takeBack();
    List<ChangePoint> changes = new ArrayList<>();
    search.found.forEach(
        (index, pValue) ->
            changes.add(
                new ChangePoint(
                    index,
                    MedianInterval.median(Arrays.copyOfRange(values, search.before(index), index)),
                    MedianInterval.median(Arrays.copyOfRange(values, index, search.after(index))),
                    pValue)));
    return changes;
  }

  private int before(int index) {
    Integer change = found.lowerKey(index);
    return change == null ? 0 : change;
  }

  private int after(int index) {
    Integer change = found.higherKey(index);
    return change == null ? values.length : change;
  }

  private void search(int from, int to) {
    if (to - from < FEWEST) {
      return;
    }
    long[] ranks = doubledRanks(Arrays.copyOfRange(values, from, to));
    Stretch stretch = clearest(ranks);
    double pValue = pValue(ranks, order -> clearest(order).clarity() >= stretch.clarity());
    if (pValue > LEVEL) {
      return;
    }
    int[] edges = {from, from + stretch.from(), from + stretch.to(), to};
    for (int i = 0; i + 1 < edges.length; i++) {
      if (edges[i] > from && edges[i] < to) {
        found.put(edges[i], pValue);
      }
      search(edges[i], edges[i + 1]);
    }
  }

  /**
   * Moves each change to where the medians of its two neighbouring levels fit best: the least sum
   * of distances from them. Rank sums tell that there is a change; of unequal parts they draw its
   * place towards the larger one.
   */
  private void settle() {
    for (int index : List.copyOf(found.keySet())) {
      int from = before(index);
      int to = after(index);
      int best = index;
      double least = distance(from, index) + distance(index, to);
      for (int at = from + SIDE; at <= to - SIDE; at++) {
        double distance = distance(from, at) + distance(at, to);
        if (distance < least) {
          least = distance;
          best = at;
        }
      }
      found.put(best, found.remove(index));
    }
  }

  /** The sum of the distances of some values from their median. */
  private double distance(int from, int to) {
    double[] part = Arrays.copyOfRange(values, from, to);
    double median = MedianInterval.median(part);
    return Arrays.stream(part).map(value -> Math.abs(value - median)).sum();
  }

  /** Takes back the least clear change, until every two neighbouring levels differ. */
  private void takeBack() {
    while (!found.isEmpty()) {
      int weakest = -1;
      double largest = LEVEL;
      for (int index : found.keySet()) {
        double pValue = difference(before(index), index, after(index));
        if (pValue > largest) {
          largest = pValue;
          weakest = index;
        }
      }
      if (weakest < 0) {
        return;
      }
      found.remove(weakest);
    }
  }

  /** How likely chance alone makes two neighbouring parts differ as much. */
  private double difference(int from, int index, int to) {
    long[] ranks = doubledRanks(Arrays.copyOfRange(values, from, to));
    int m = index - from;
    double observed = clarity(sum(ranks, m), m, ranks.length);
    return pValue(ranks, order -> clarity(sum(order, m), m, order.length) >= observed);
  }

  private static long sum(long[] ranks, int m) {
    return Arrays.stream(ranks, 0, m).sum();
  }

  /** Twice the midrank of each value, so that ties stay whole numbers. */
  static long[] doubledRanks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    long[] ranks = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = Arrays.binarySearch(sorted, values[i]);
      int last = first;
      while (first > 0 && sorted[first - 1] == values[i]) {
        first--;
      }
      while (last + 1 < sorted.length && sorted[last + 1] == values[i]) {
        last++;
      }
      ranks[i] = first + last + 2;
    }
    return ranks;
  }

  /** The stretch that differs most from the rest; of equally clear ones the first. */
  private static Stretch clearest(long[] ranks) {
    int n = ranks.length;
    long[] sums = new long[n + 1];
    for (int i = 0; i < n; i++) {
      sums[i + 1] = sums[i] + ranks[i];
    }
    Stretch best = new Stretch(0, SIDE, -1);
    double most = -1;
    for (int from = 0; from <= n - SIDE; from = from == 0 ? SIDE : from + 1) {
      for (int to = from + SIDE; to <= n; to = to == n - SIDE ? n : to + 1) {
        int m = to - from;
        if (n - m >= SIDE) {
          double clarity = clarity(sums[to] - sums[from], m, n);
          if (clarity > most) {
            most = clarity;
            best = new Stretch(from, to, clarity);
          }
        }
      }
    }
    return best;
  }

  /** The statistic of m of n doubled ranks, whose sum is known. */
  private static double clarity(long sum, int m, int n) {
    long difference = sum - (long) m * (n + 1);
    return (double) (difference * difference) / ((long) m * (n - m));
  }

  /** Whether an order of ranks is at least as clear as the one at hand. */
  @FunctionalInterface
  private interface Clear {
    boolean test(long[] order);
  }

  /**
   * The share of orders that are at least as clear, the one at hand among them, which makes it
   * valid (B. Phipson and G. Smyth, "Permutation P-values should never be zero", 2010). It stops
   * when it is certain to lie above the level.
   */
  private double pValue(long[] ranks, Clear clear) {
    long[] order = ranks.clone();
    int atLeast = 1;
    for (int i = 1; i <= PERMUTATIONS; i++) {
      shuffle(order);
      if (clear.test(order) && ++atLeast > LEVEL * (PERMUTATIONS + 1)) {
        return (double) atLeast / (i + 1);
      }
    }
    return (double) atLeast / (PERMUTATIONS + 1);
  }

  private void shuffle(long[] order) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}

package org.carillon.analysis.statistics;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/**
 * Searches the smallest window with at most 1 % ambiguous events among the sizes 1, 2, 5, 10, … ns
 * up to 1,000 s. It begins about where uniform phase would have it, at a hundred times the mean
 * reach, tries the sizes from a fourth of that to four times that in one reading of the events, and
 * goes on two decades at a time until every pair of workers has a size that is too small below it
 * and one that is large enough above. Every count is exact; nothing is concluded from a formula.
 */
final class WindowSearch {

  private static final long[] SIZES_NS =
      IntStream.range(0, 37)
          .mapToLong(i -> (long) Math.pow(10, i / 3) * (i % 3 == 0 ? 1 : i % 3 == 1 ? 2 : 5))
          .toArray();

  /** Two decades. */
  private static final int STEP = 6;

  private static final int PER_CENT = 100;

  private final Database database;
  private final Clock clock;
  private final Map<String, NavigableMap<Long, Rate>> tried = new HashMap<>();

  private WindowSearch(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What was found, by pair of workers and, under {@link Totals#ALL}, of all pairs together.
   *
   * @param windows of any one size, by pair of workers
   */
  static Map<String, SmallestWindow> of(
      Database database, Clock clock, Collection<Windows.Interval> windows) {
    if (windows.isEmpty()) {
      return Map.of();
    }
    WindowSearch search = new WindowSearch(database, clock);
    search.search(
        windows.stream().mapToLong(WindowSearch::expectedNs).min().orElseThrow(),
        windows.stream().mapToLong(WindowSearch::expectedNs).max().orElseThrow());
    Map<String, SmallestWindow> found = new HashMap<>();
    search.tried.forEach((pair, rates) -> found.put(pair, smallest(rates)));
    return found;
  }

  /** Where uniform phase has 1 % ambiguous events. */
  private static long expectedNs(Windows.Interval windows) {
    return windows
        .reachNs()
        .multiply(BigInteger.valueOf(PER_CENT))
        .divide(BigInteger.valueOf(windows.pairs()))
        .min(BigInteger.valueOf(SIZES_NS[SIZES_NS.length - 1]))
        .longValueExact();
  }

  private void search(long leastNs, long mostNs) {
    int first = indexOf(leastNs / 4);
    int last = indexOf(Math.multiplyExact(mostNs, 4));
    read(first, last);
    while (first > 0 && tried.values().stream().anyMatch(r -> enough(r.firstEntry().getValue()))) {
      int lower = Math.max(0, first - STEP);
      read(lower, first - 1);
      first = lower;
    }
    while (last < SIZES_NS.length - 1
        && tried.values().stream().anyMatch(r -> !enough(r.lastEntry().getValue()))) {
      int upper = Math.min(SIZES_NS.length - 1, last + STEP);
      read(last + 1, upper);
      last = upper;
    }
  }

  /** The first size that is no less. */
  private static int indexOf(long sizeNs) {
    int i = 0;
    while (i < SIZES_NS.length - 1 && SIZES_NS[i] < sizeNs) {
      i++;
    }
    return i;
  }

  private void read(int first, int last) {
    for (Row row : database.ask("window_search", clock.key(), SIZES_NS[first], SIZES_NS[last])) {
      Rate rate = new Rate(row.number("ambiguous"), row.number("pairs"));
      add(Comparisons.pair(row), row.number("size_ns"), rate);
      add(Totals.ALL, row.number("size_ns"), rate);
    }
  }

  private void add(String pair, long sizeNs, Rate rate) {
    tried.computeIfAbsent(pair, _ -> new TreeMap<>()).merge(sizeNs, rate, Rate::plus);
  }

  private static boolean enough(Rate ambiguous) {
    return Math.multiplyExact(ambiguous.count(), PER_CENT) <= ambiguous.n();
  }

  private static SmallestWindow smallest(NavigableMap<Long, Rate> rates) {
    SmallestWindow smallest =
        new SmallestWindow(rates.firstEntry().getValue().n(), OptionalLong.empty(), 0);
    for (Map.Entry<Long, Rate> entry : rates.descendingMap().entrySet()) {
      if (!enough(entry.getValue())) {
        break;
      }
      smallest =
          new SmallestWindow(
              entry.getValue().n(), OptionalLong.of(entry.getKey()), entry.getValue().count());
    }
    return smallest;
  }
}

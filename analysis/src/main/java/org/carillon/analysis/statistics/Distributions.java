package org.carillon.analysis.statistics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/**
 * Every distribution of a run: of each measure, clock, worker and delay, and of all workers' values
 * together.
 *
 * <p>Percentiles are exact, and memory does not grow with the number of values, which are read
 * twice: first they are counted by bucket, which tells the buckets that the wanted ranks lie in; of
 * those alone the values are then counted one by one.
 */
public final class Distributions {

  private static final List<Integer> PER_MILLE = List.of(500, 900, 990, 999);

  private record Key(String measure, String clock, Optional<String> node, long delayNs) {}

  private record Entry(Distribution distribution, long negative) {}

  private final Map<Key, Entry> all = new HashMap<>();

  /** By number of values and percentile in thousandths. */
  private final Map<Long, Map<Integer, ConfidenceInterval.Ranks>> intervals = new HashMap<>();

  /**
   * Reads the values.
   *
   * @param epsilonsNs widths of which it will be asked how many intervals are wider
   */
  Distributions(Database database, List<Long> epsilonsNs) {
    database.makeLater("observations");
    database.keep("bucket_count", "bucket_counts");
    database.makeLater("distribution_buckets");
    List<Row> rows = database.ask("distributions");
    rows.forEach(row -> intervals.computeIfAbsent(row.number("n"), Distributions::ranks));
    database.fill("epsilon", epsilonsNs.stream().map(ns -> new long[] {ns}).toList());
    database.fill("rank_interval", rankIntervals());
    database.makeLater("distribution_ranks");
    Map<Long, Map<Long, Long>> atRanks = new HashMap<>();
    for (Row row : database.ask("values_at_ranks")) {
      atRanks
          .computeIfAbsent(row.number("key"), _ -> new HashMap<>())
          .put(row.number("rank"), row.number("value_ns"));
    }
    for (Row row : rows) {
      all.put(
          new Key(
              row.text("measure"),
              row.text("clock"),
              row.optionalText("node"),
              row.number("delay_ns")),
          new Entry(distribution(row, atRanks.get(row.number("key"))), row.number("negative")));
    }
  }

  private static Map<Integer, ConfidenceInterval.Ranks> ranks(long n) {
    Map<Integer, ConfidenceInterval.Ranks> ranks = new HashMap<>();
    PER_MILLE.forEach(
        perMille ->
            ConfidenceInterval.ranks(n, perMille).ifPresent(both -> ranks.put(perMille, both)));
    return ranks;
  }

  /** Of each number of values and each percentile that has one: n, per mille, both ranks. */
  private List<long[]> rankIntervals() {
    List<long[]> rows = new ArrayList<>();
    intervals.forEach(
        (n, byPercentile) ->
            byPercentile.forEach(
                (perMille, ranks) ->
                    rows.add(new long[] {n, perMille, ranks.low(), ranks.high()})));
    return rows;
  }

  /** What is known of a measure on a clock, by worker; of all workers together with no node. */
  public Map<Optional<String>, Distribution> of(String measure, Clock clock) {
    Map<Optional<String>, Distribution> byNode = new HashMap<>();
    all.forEach(
        (key, entry) -> {
          if (key.measure().equals(measure) && key.clock().equals(clock.key())) {
            byNode.put(key.node(), entry.distribution());
          }
        });
    return byNode;
  }

  /** The same for a measure that was taken after delays: by delay in ns, the shortest first. */
  Map<Long, Distribution> after(String measure, Clock clock, Optional<String> node) {
    Map<Long, Distribution> byDelay = new TreeMap<>();
    all.forEach(
        (key, entry) -> {
          if (key.measure().equals(measure)
              && key.clock().equals(clock.key())
              && key.node().equals(node)) {
            byDelay.put(key.delayNs(), entry.distribution());
          }
        });
    return byDelay;
  }

  /** How many values of a measure are below zero. */
  long negative(String measure, Clock clock, Optional<String> node) {
    Entry entry = all.get(new Key(measure, clock.key(), node, 0));
    return entry == null ? 0 : entry.negative();
  }

  private Distribution distribution(Row row, Map<Long, Long> atRank) {
    long n = row.number("n");
    return new Distribution(
        n,
        percentile(n, 500, atRank),
        percentile(n, 900, atRank),
        percentile(n, 990, atRank),
        percentile(n, 999, atRank),
        OptionalLong.of(at(n, atRank)),
        interval(n, 500, atRank),
        interval(n, 900, atRank),
        interval(n, 990, atRank),
        interval(n, 999, atRank),
        OptionalLong.of(at(1, atRank)),
        OptionalLong.of(row.number("mean_ns")),
        Optional.of(
            BigInteger.valueOf(row.number("mean_ns"))
                .multiply(BigInteger.valueOf(n))
                .add(BigInteger.valueOf(row.number("beyond_mean_ns")))));
  }

  private static OptionalLong percentile(long n, int perMille, Map<Long, Long> atRank) {
    return n * (1000 - perMille) < 1000
        ? OptionalLong.empty()
        : OptionalLong.of(at((n * perMille + 999) / 1000, atRank));
  }

  private Optional<ConfidenceInterval> interval(long n, int perMille, Map<Long, Long> atRank) {
    return Optional.ofNullable(intervals.get(n).get(perMille))
        .map(ranks -> new ConfidenceInterval(at(ranks.low(), atRank), at(ranks.high(), atRank)));
  }

  private static long at(long rank, Map<Long, Long> atRank) {
    return Objects.requireNonNull(atRank.get(rank), "a rank that was not asked for");
  }
}

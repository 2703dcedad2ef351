package org.carillon.analysis.statistics.quality;

import java.util.Arrays;
import java.util.List;

/**
 * How long a node's clock was on its own, while the node had events: without an accepted exchange
 * for longer than three usual intervals between exchanges and a second, after which the bounded
 * clock calls itself in holdover.
 *
 * @param usualNs the median interval between exchanges
 * @param longestNs the longest time without one
 * @param totalNs time on its own, all in all
 * @param spanNs from the node's first to its last event
 */
public record Holdover(long usualNs, long longestNs, long totalNs, long spanNs) {

  private static final long SECOND_NS = 1_000_000_000L;

  /** Three years: damaged times must not make sums overflow. */
  private static final long MAX_NS = 100_000_000_000_000_000L;

  /**
   * Of a node.
   *
   * @param exchangesNs when accepted ones ended, at least 2
   * @param fromNs the node's first event
   * @param toNs the node's last event, not before the first
   */
  static Holdover of(List<Long> exchangesNs, long fromNs, long toNs) {
    long[] endsNs = exchangesNs.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    long[] apartNs = new long[Math.max(1, endsNs.length - 1)];
    for (int i = 1; i < endsNs.length; i++) {
      apartNs[i - 1] = endsNs[i] - endsNs[i - 1];
    }
    Arrays.sort(apartNs);
    long usualNs = apartNs[(apartNs.length - 1) / 2];
    long limitNs = 3 * Math.min(usualNs, MAX_NS) + SECOND_NS;
    long totalNs = 0;
    long longestNs = 0;
    long lastNs = Math.min(fromNs, endsNs[0]);
    for (int i = 0; i <= endsNs.length; i++) {
      long nextNs = i < endsNs.length ? endsNs[i] : Math.max(toNs, lastNs);
      if (nextNs > fromNs && lastNs < toNs) {
        longestNs = Math.max(longestNs, Math.min(nextNs, toNs) - lastNs);
        totalNs += Math.max(0, Math.min(nextNs, toNs) - Math.max(fromNs, lastNs + limitNs));
      }
      lastNs = nextNs;
    }
    return new Holdover(usualNs, longestNs, totalNs, toNs - fromNs);
  }
}

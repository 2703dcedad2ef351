package org.carillon.clock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the bounded clock would have known at any moment of a run, had it known all the samples: the
 * same assumptions, the same judgement on servers, and the samples after a moment beside those
 * before it. Immutable; see docs/clock.md, "In hindsight".
 */
public final class Hindsight {

  /**
   * How far from its nearest answer a server has a vote: three polls at the longest usual interval
   * and a timeout. In hindsight it does not matter which interval was in force.
   */
  private static final long FRESH_NS = 193_000_000_000L;

  /**
   * How often servers are compared with each other. Each of them is known at every moment by all of
   * its samples, so that more often would hardly narrow anything, and costs.
   */
  private static final long COMPARED_EVERY_NS = 4_000_000_000L;

  private final Timeline timeline;

  private Hindsight(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * An interval of true time.
   *
   * @param earliestNs rounded down, ns since the Unix epoch
   * @param latestNs rounded up, above the earliest
   */
  public record Interval(long earliestNs, long latestNs) {
    public Interval {
      if (earliestNs >= latestNs) {
        throw new IllegalArgumentException(
            "not an interval: from " + earliestNs + " to " + latestNs);
      }
    }
  }

  /**
   * Works it out.
   *
   * @param measurements of one node, all servers, in any order; may be none
   * @param cuts raw times at which the counter is known to have stood still or jumped
   * @param assumptions on the node's counter
   */
  public static Hindsight of(
      Collection<Measurement> measurements, Collection<Long> cuts, Assumptions assumptions) {
    List<Long> sortedCuts = cuts.stream().sorted().toList();
    Collection<List<Measurement>> byServer =
        measurements.stream()
            .sorted(Comparator.comparingLong(Measurement::rawNs))
            .collect(Collectors.groupingBy(Measurement::server))
            .values();
    List<Timeline> servers =
        byServer.stream()
            .map(
                samples ->
                    Timeline.of(
                        samples.stream()
                            .map(sample -> PlausibleStates.of(sample, assumptions))
                            .toList(),
                        sortedCuts))
            .toList();
    if (servers.size() == 1) {
      return new Hindsight(servers.getFirst());
    }
    List<PlausibleStates> agreed = new ArrayList<>();
    long dueNs = Long.MIN_VALUE;
    for (long rawNs : measurements.stream().mapToLong(Measurement::rawNs).sorted().toArray()) {
      if (rawNs >= dueNs) {
        agreed(servers, rawNs).ifPresent(agreed::add);
        dueNs = rawNs + COMPARED_EVERY_NS;
      }
    }
    return new Hindsight(Timeline.of(agreed, sortedCuts));
  }

  /** What the servers that are believed leave together; empty without a majority. */
  private static Optional<PlausibleStates> agreed(List<Timeline> servers, long rawNs) {
    List<Agreement.Candidate<Timeline>> candidates = new ArrayList<>();
    for (Timeline server : servers) {
      server
          .stretchAt(rawNs)
          .filter(stretch -> stretch.nearestKnotNs(rawNs) <= FRESH_NS)
          .ifPresent(
              stretch ->
                  candidates.add(Agreement.Candidate.of(server, stretch.statesAt(rawNs), rawNs)));
    }
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    // As in BoundedClock: servers that agree on the offset but not on the rate add nothing.
    return Agreement.of(candidates).believed().stream()
        .map(Agreement.Candidate::states)
        .reduce((common, other) -> common.and(other).orElse(common));
  }

  /**
   * The same with what datagrams between nodes prove besides.
   *
   * @param bounds in any order; one that contradicts the servers is left out and counted, since it
   *     rests on another node's clock, and nothing tells which of the two is wrong
   */
  public Hindsight and(Collection<OneWayBound> bounds) {
    return bounds.isEmpty() ? this : new Hindsight(timeline.and(List.copyOf(bounds)));
  }

  /**
   * When true time was while the counter showed one value between two; empty where nobody can tell:
   * without samples, without a majority, or where an assumption broke.
   *
   * @param fromRawNs first raw time
   * @param toRawNs last raw time, not below the first
   */
  public Optional<Interval> between(long fromRawNs, long toRawNs) {
    if (fromRawNs > toRawNs) {
      throw new IllegalArgumentException("no time from " + fromRawNs + " to " + toRawNs);
    }
    return timeline
        .stretchAt(fromRawNs)
        .filter(stretch -> stretch.covers(toRawNs))
        .map(
            stretch -> {
              long earliestNs = fromRawNs + stretch.offsetsAt(fromRawNs).lowestNs();
              long latestNs = toRawNs + stretch.offsetsAt(toRawNs).highestNs();
              return new Interval(earliestNs, Math.max(earliestNs + 1, latestNs));
            });
  }

  /** How many one-way bounds contradict the servers and were left out. */
  public long refutedBounds() {
    return timeline.stretches().stream().mapToLong(Stretch::refuted).sum();
  }
}

package org.carillon.ntp.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CheckVerdict;

/**
 * By how much one node's system clock is ahead of another's.
 *
 * @param trueNs when, as well as it is known: ns since the Unix epoch
 * @param ahead positive if the first is ahead
 */
public record ClockDifference(long trueNs, OffsetBounds ahead) {

  /** Seconds that two nodes measured at this distance count as the same. */
  private static final long SAME_NS = 50_000_000;

  /** Farther apart, two moments say little of each other. */
  private static final long FAR_NS = 10_000_000_000L;

  /**
   * Compares two clocks at the last second that both have measured.
   *
   * <p>At a moment of true time, first − second = offset of the second − offset of the first, since
   * an offset is true time minus what a clock shows. The two moments are not quite the same: by
   * what they are apart, and by what each is off, the clocks may have drifted.
   *
   * @return empty if there is no such second
   */
  public static Optional<ClockDifference> between(CheckedNode first, CheckedNode second) {
    TimedOffset[] nearest = new TimedOffset[2];
    long leastNs = FAR_NS;
    for (TimedOffset one : first.moments().reversed()) {
      Optional<TimedOffset> other = nearest(one.trueNs(), second.moments());
      if (other.isPresent() && distanceNs(one, other.get()) < leastNs) {
        leastNs = distanceNs(one, other.get());
        nearest[0] = one;
        nearest[1] = other.get();
        if (leastNs <= SAME_NS) {
          break;
        }
      }
    }
    if (nearest[0] == null) {
      return Optional.empty();
    }
    long apartNs = leastNs + nearest[0].offset().errorNs() + nearest[1].offset().errorNs();
    double driftPpm = first.driftBoundPpm() + second.driftBoundPpm();
    long driftedNs = (long) Math.ceil(apartNs * driftPpm * 1e-6) + 1;
    return Optional.of(
        new ClockDifference(
            nearest[0].trueNs(),
            nearest[1].offset().minus(nearest[0].offset()).widenedBy(driftedNs)));
  }

  private static Optional<TimedOffset> nearest(long trueNs, List<TimedOffset> moments) {
    return moments.stream().min(Comparator.comparingLong(one -> Math.abs(one.trueNs() - trueNs)));
  }

  private static long distanceNs(TimedOffset one, TimedOffset other) {
    return Math.abs(one.trueNs() - other.trueNs());
  }

  /** The same, seen from the second. */
  public ClockDifference reversed() {
    return new ClockDifference(
        trueNs, new OffsetBounds(-ahead.highestNs(), -ahead.bestNs(), -ahead.lowestNs()));
  }

  /** Fails if the clocks provably are farther apart than this, and warns if they may be. */
  public CheckVerdict verdict(long limitNs) {
    if (ahead.atLeastNs() > limitNs) {
      return CheckVerdict.FAIL;
    }
    return ahead.atMostNs() <= limitNs ? CheckVerdict.PASS : CheckVerdict.WARN;
  }
}

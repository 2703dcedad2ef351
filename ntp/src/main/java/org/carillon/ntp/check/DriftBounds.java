package org.carillon.ntp.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * By how much a clock gained on true time, on average over the time that it was measured, ppm;
 * negative if it lost.
 *
 * @param lowestPpm lower bound
 * @param bestPpm best estimate, within the bounds
 * @param highestPpm upper bound
 */
public record DriftBounds(double lowestPpm, double bestPpm, double highestPpm) {

  private static final double PPM = 1e6;

  public DriftBounds {
    if (!(lowestPpm <= bestPpm && bestPpm <= highestPpm)) {
      throw new IllegalArgumentException(
          "not bounds: " + lowestPpm + " ≤ " + bestPpm + " ≤ " + highestPpm);
    }
  }

  /**
   * What offsets tell about the drift between them. The bounds hold whatever the clock did in
   * between: a clock that lay in one interval and later in another cannot have gained more than
   * from the far edge of the one to the far edge of the other. Of the first and of the last third
   * of the time, the narrowest interval is taken.
   *
   * @param moments of one clock, by time
   * @return empty if there are not two moments apart
   */
  public static Optional<DriftBounds> between(List<TimedOffset> moments) {
    if (moments.size() < 2) {
      return Optional.empty();
    }
    long firstNs = moments.getFirst().trueNs();
    long thirdNs = (moments.getLast().trueNs() - firstNs) / 3;
    Optional<TimedOffset> early =
        narrowest(moments.stream().filter(one -> one.trueNs() <= firstNs + thirdNs).toList());
    Optional<TimedOffset> late =
        narrowest(moments.stream().filter(one -> one.trueNs() >= firstNs + 2 * thirdNs).toList());
    if (thirdNs <= 0 || early.isEmpty() || late.isEmpty()) {
      return Optional.empty();
    }
    double elapsedNs = late.get().trueNs() - early.get().trueNs();
    // A clock that gains falls behind less: its offset decreases.
    OffsetBounds gained = early.get().offset().minus(late.get().offset());
    return Optional.of(
        new DriftBounds(
            gained.lowestNs() / elapsedNs * PPM,
            gained.bestNs() / elapsedNs * PPM,
            gained.highestNs() / elapsedNs * PPM));
  }

  private static Optional<TimedOffset> narrowest(List<TimedOffset> moments) {
    return moments.stream().min(Comparator.comparingLong(one -> one.offset().halfWidthNs()));
  }

  /** The most that the best estimate is off, ppm. */
  public double errorPpm() {
    return Math.max(highestPpm - bestPpm, bestPpm - lowestPpm);
  }

  /** The drift is no farther from zero than this, ppm. */
  public double atMostPpm() {
    return Math.max(Math.abs(lowestPpm), Math.abs(highestPpm));
  }

  /** The drift is at least that far from zero, ppm; 0 if it can be zero. */
  public double atLeastPpm() {
    return Math.max(0, Math.max(lowestPpm, -highestPpm));
  }
}

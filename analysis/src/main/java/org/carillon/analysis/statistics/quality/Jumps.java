package org.carillon.analysis.statistics.quality;

import java.util.List;

/**
 * Changes of an offset from one reading to the next that neither the errors of both nor any rate of
 * a clock explains: more than the two errors together and {@value #PPM} ppm of the time between
 * them (500 ppm is the most that Linux slews a clock by, and 50 ppm what an oscillator errs by).
 *
 * @param pairs of readings that could be judged
 * @param n of these, how many jump
 * @param largestNs the largest change that does, positive if the clock fell back; zero if none
 */
public record Jumps(long pairs, long n, long largestNs) {

  static final long PPM = 550;

  /**
   * When a node's clock was set, so that every other clock seems to jump against it.
   *
   * @param timeNs when that was noticed, by the node's clock
   * @param sizeNs by how much, without a sign
   */
  record ClockSet(long timeNs, long sizeNs) {

    private boolean between(OffsetSample before, OffsetSample after) {
      return timeNs + sizeNs >= Math.min(before.timeNs(), after.timeNs())
          && timeNs - sizeNs <= Math.max(before.timeNs(), after.timeNs());
    }
  }

  /** Of a series; pairs without an error are not judged. */
  static Jumps of(List<OffsetSample> samples) {
    return of(samples, List.of());
  }

  /** As above, without the pairs between which the node's clock was set. */
  static Jumps of(List<OffsetSample> samples, List<ClockSet> sets) {
    long pairs = 0;
    long n = 0;
    long largestNs = 0;
    for (int i = 1; i < samples.size(); i++) {
      OffsetSample before = samples.get(i - 1);
      OffsetSample after = samples.get(i);
      if (before.errorNs().isPresent()
          && after.errorNs().isPresent()
          && sets.stream().noneMatch(set -> set.between(before, after))) {
        pairs++;
        long changeNs = after.offsetNs() - before.offsetNs();
        double allowedNs =
            (double) before.errorNs().getAsLong()
                + after.errorNs().getAsLong()
                + allowed(after.timeNs() - before.timeNs());
        if (Math.abs((double) changeNs) > allowedNs) {
          n++;
          largestNs = Math.abs(changeNs) > Math.abs(largestNs) ? changeNs : largestNs;
        }
      }
    }
    return new Jumps(pairs, n, largestNs);
  }

  /** How far two clocks can come apart within a time, in ns, without one of them being set. */
  static double allowed(long timeNs) {
    return Math.abs((double) timeNs) * PPM / 1e6 + 1;
  }
}

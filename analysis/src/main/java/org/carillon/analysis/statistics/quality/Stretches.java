package org.carillon.analysis.statistics.quality;

import java.util.ArrayList;
import java.util.List;

/** A series in stretches of equal length, each with its best measurement. */
final class Stretches {

  private Stretches() {}

  /**
   * The measurement with the least error of each stretch that has any, the first of equal ones.
   *
   * @param samples by time, of different times
   * @param count how many stretches
   */
  static List<OffsetSample> best(List<OffsetSample> samples, int count) {
    List<OffsetSample> best = new ArrayList<>();
    if (samples.isEmpty()) {
      return best;
    }
    long fromNs = samples.getFirst().timeNs();
    long lengthNs = (samples.getLast().timeNs() - fromNs) / count + 1;
    long stretch = -1;
    for (OffsetSample sample : samples) {
      long of = (sample.timeNs() - fromNs) / lengthNs;
      if (of != stretch) {
        best.add(sample);
        stretch = of;
      } else if (error(sample) < error(best.getLast())) {
        best.set(best.size() - 1, sample);
      }
    }
    return best;
  }

  private static long error(OffsetSample sample) {
    return sample.errorNs().orElse(Long.MAX_VALUE);
  }
}

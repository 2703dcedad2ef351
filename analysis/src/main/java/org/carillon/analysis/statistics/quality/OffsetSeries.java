package org.carillon.analysis.statistics.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * How far a clock was off, as it was measured over a run.
 *
 * @param data what the measurements are, in words
 * @param samples by time, of different times
 * @param noiseNs how far measurements scatter for reasons that are not the clock's, as a standard
 *     deviation in ns; empty if nothing tells
 * @param breaksNs when the clock was set or stood still, by that clock
 */
record OffsetSeries(
    String data, List<OffsetSample> samples, OptionalLong noiseNs, List<Long> breaksNs) {

  OffsetSeries {
    samples = distinct(samples);
    breaksNs = List.copyOf(breaksNs);
  }

  private static List<OffsetSample> distinct(List<OffsetSample> samples) {
    List<OffsetSample> sorted = new ArrayList<>();
    samples.stream()
        .sorted(Comparator.comparingLong(OffsetSample::timeNs))
        .filter(s -> sorted.isEmpty() || sorted.getLast().timeNs() != s.timeNs())
        .forEachOrdered(sorted::add);
    return List.copyOf(sorted);
  }

  /** From the first to the last measurement. */
  long spanNs() {
    return samples.isEmpty() ? 0 : samples.getLast().timeNs() - samples.getFirst().timeNs();
  }

  /** The longest part in which the clock was neither set nor stood still. */
  OffsetSeries unbroken() {
    OffsetSeries longest = new OffsetSeries(data, List.of(), noiseNs, List.of());
    List<OffsetSample> part = new ArrayList<>();
    TreeSet<Long> breaks = new TreeSet<>(breaksNs);
    for (OffsetSample sample : samples) {
      Long next = part.isEmpty() ? null : breaks.higher(part.getLast().timeNs());
      if (next != null && next <= sample.timeNs()) {
        longest = longer(longest, part);
        part.clear();
      }
      part.add(sample);
    }
    return longer(longest, part);
  }

  private OffsetSeries longer(OffsetSeries longest, List<OffsetSample> part) {
    OffsetSeries other = new OffsetSeries(data, part, noiseNs, List.of());
    return longest.samples.isEmpty() || other.spanNs() > longest.spanNs() ? other : longest;
  }
}

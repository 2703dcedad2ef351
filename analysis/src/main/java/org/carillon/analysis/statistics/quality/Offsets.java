package org.carillon.analysis.statistics.quality;

import java.util.List;
import java.util.OptionalLong;

/**
 * A clock's offset over a run, in ns: at its start and end, at the least and at the most.
 *
 * @param bandLeastNs the least lower bound; empty if there are no bounds
 * @param bandMostNs the greatest upper bound, likewise
 */
public record Offsets(
    OptionalLong startNs,
    OptionalLong endNs,
    OptionalLong leastNs,
    OptionalLong mostNs,
    OptionalLong bandLeastNs,
    OptionalLong bandMostNs) {

  /** Of measurements, at least one. */
  static Offsets of(List<OffsetSample> samples) {
    boolean bounds = samples.stream().allMatch(sample -> sample.errorNs().isPresent());
    return new Offsets(
        OptionalLong.of(samples.getFirst().offsetNs()),
        OptionalLong.of(samples.getLast().offsetNs()),
        samples.stream().mapToLong(OffsetSample::offsetNs).min(),
        samples.stream().mapToLong(OffsetSample::offsetNs).max(),
        bounds
            ? samples.stream().mapToLong(s -> s.offsetNs() - s.errorNs().getAsLong()).min()
            : OptionalLong.empty(),
        bounds
            ? samples.stream().mapToLong(s -> s.offsetNs() + s.errorNs().getAsLong()).max()
            : OptionalLong.empty());
  }
}

package org.carillon.analysis.statistics.quality;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.carillon.analysis.statistics.Judgement;

/**
 * A clock as measurements of it show it: exchanges with a time server, or true time where it is
 * simulated.
 *
 * @param data what the measurements are, in words
 * @param n measurements
 * @param coarse of these, how many are left out of all but jumps, because their error is more than
 *     twice the median error
 * @param spanNs from the first to the last
 * @param stretchNs the longest part of it in which the clock was neither set nor stood still, which
 *     rate, wander and stability are about
 * @param offsets true time less the clock; of the free-running counter, which has no epoch, less
 *     that of the measurement with the least error
 * @param rate against true time
 * @param wander how that moved
 * @param jumps sudden changes
 * @param stability of the rate
 */
public record MeasuredClock(
    String data,
    long n,
    long coarse,
    long spanNs,
    long stretchNs,
    Offsets offsets,
    Judgement<ClockRate> rate,
    Judgement<Wander> wander,
    Judgement<Jumps> jumps,
    Judgement<Stability> stability) {

  private static final String NO_ERRORS = "nothing tells how far the measurements can be off";

  /** Of at least one measurement. */
  static MeasuredClock of(OffsetSeries series) {
    List<OffsetSample> all = series.samples();
    OffsetSeries fine = Coarse.without(series);
    OffsetSeries steady = fine.unbroken();
    List<OffsetSample> used = steady.samples();
    Jumps jumps = Jumps.of(all);
    return new MeasuredClock(
        series.data(),
        all.size(),
        all.size() - fine.samples().size(),
        series.spanNs(),
        steady.spanNs(),
        Offsets.of(fine.samples()),
        steady(used, ClockRate::over, "the first and the last quarter need one each"),
        steady(used, Wander::of, "four eighths of the time need one each"),
        jumps.pairs() > 0
            ? new Judgement.Known<>(jumps)
            : new Judgement.NotComparable<>(
                all.size() < 2 ? few(all) + "; it takes two" : NO_ERRORS),
        judged(stability(steady), used, "it takes three second differences"));
  }

  /**
   * A rate means something only of a clock that did not jump, by measurements that can be right.
   */
  private static <T> Judgement<T> steady(
      List<OffsetSample> samples, Function<List<OffsetSample>, Optional<T>> value, String need) {
    if (samples.stream().anyMatch(sample -> sample.errorNs().isEmpty())) {
      return new Judgement.NotComparable<>(NO_ERRORS);
    }
    Jumps jumps = Jumps.of(samples);
    return jumps.n() > 0
        ? new Judgement.NotComparable<>(
            jumps.n()
                + " of "
                + jumps.pairs()
                + " changes from one measurement to the next exceed what both errors allow: the clock"
                + " jumped, or the errors are larger than they claim")
        : judged(value.apply(samples), samples, need);
  }

  private static Optional<Stability> stability(OffsetSeries series) {
    return EvenGrid.of(series.samples())
        .map(grid -> new Stability(AllanDeviations.of(grid), grid.intervalNs(), series.noiseNs()))
        .filter(stability -> !stability.deviation().points().isEmpty());
  }

  private static <T> Judgement<T> judged(
      Optional<T> value, List<OffsetSample> samples, String need) {
    return value
        .<Judgement<T>>map(Judgement.Known::new)
        .orElseGet(() -> new Judgement.NotComparable<>(few(samples) + "; " + need));
  }

  private static String few(List<OffsetSample> samples) {
    return samples.size() + (samples.size() == 1 ? " measurement" : " measurements");
  }
}

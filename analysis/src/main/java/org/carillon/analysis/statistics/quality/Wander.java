package org.carillon.analysis.statistics.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How a clock's rate moved: its mean rates from stretch to stretch of a series.
 *
 * @param n rates, at least 3
 * @param leastPpb the least of them
 * @param mostPpb the greatest of them
 * @param changeAtLeastPpb by how much two of them differ at least, if measurements are right to
 *     their errors: above zero, the rate provably moved
 * @param changeAtMostPpb by how much they differ at most, likewise
 */
public record Wander(
    long n, long leastPpb, long mostPpb, long changeAtLeastPpb, long changeAtMostPpb) {

  private static final int STRETCHES = 8;
  private static final int LEAST = 3;

  /** Of an eighth of the series each; empty if there are too few. */
  static Optional<Wander> of(List<OffsetSample> samples) {
    List<OffsetSample> best = Stretches.best(samples, STRETCHES);
    List<ClockRate> rates = new ArrayList<>();
    for (int i = 1; i < best.size(); i++) {
      rates.add(ClockRate.between(best.get(i - 1), best.get(i)));
    }
    if (rates.size() < LEAST) {
      return Optional.empty();
    }
    return Optional.of(
        new Wander(
            rates.size(),
            least(rates, ClockRate::ppb),
            most(rates, ClockRate::ppb),
            Math.max(0, most(rates, ClockRate::leastPpb) - least(rates, ClockRate::mostPpb)),
            most(rates, ClockRate::mostPpb) - least(rates, ClockRate::leastPpb)));
  }

  private static long least(List<ClockRate> rates, ToLongFunction<ClockRate> value) {
    return rates.stream().mapToLong(value).min().orElseThrow();
  }

  private static long most(List<ClockRate> rates, ToLongFunction<ClockRate> value) {
    return rates.stream().mapToLong(value).max().orElseThrow();
  }
}

package org.carillon.analysis.statistics.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How a clock's rate moved: its mean rates from stretch to stretch of a series.
 *
 * @param n rates, at least 3
 * @param leastPpb the least of them
 * @param mostPpb the greatest of them
 * @param changeAtLeastPpb by how much two of them differ at least, if measurements are right to
 *     their errors: above zero, the rate provably moved. Empty if errors are not known
 * @param changeAtMostPpb by how much they differ at most, likewise
 */
public record Wander(
    long n,
    long leastPpb,
    long mostPpb,
    OptionalLong changeAtLeastPpb,
    OptionalLong changeAtMostPpb) {

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
    boolean known = rates.stream().allMatch(rate -> rate.leastPpb().isPresent());
    return Optional.of(
        new Wander(
            rates.size(),
            least(rates, ClockRate::ppb),
            most(rates, ClockRate::ppb),
            known
                ? OptionalLong.of(
                    Math.max(
                        0,
                        most(rates, rate -> rate.leastPpb().getAsLong())
                            - least(rates, rate -> rate.mostPpb().getAsLong())))
                : OptionalLong.empty(),
            known
                ? OptionalLong.of(
                    most(rates, rate -> rate.mostPpb().getAsLong())
                        - least(rates, rate -> rate.leastPpb().getAsLong()))
                : OptionalLong.empty()));
  }

  private static long least(List<ClockRate> rates, Function<ClockRate, Long> value) {
    return rates.stream().mapToLong(value::apply).min().orElseThrow();
  }

  private static long most(List<ClockRate> rates, Function<ClockRate, Long> value) {
    return rates.stream().mapToLong(value::apply).max().orElseThrow();
  }
}

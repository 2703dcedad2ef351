package org.carillon.ntp.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BoundsTest {

  @Test
  void anOffsetThatCanBeZeroIsAtLeastZero() {
    OffsetBounds offset = new OffsetBounds(-30, 10, 20);
    assertThat(offset.atLeastNs()).isZero();
    assertThat(offset.atMostNs()).isEqualTo(30);
    assertThat(offset.errorNs()).isEqualTo(40);
    assertThat(offset.halfWidthNs()).isEqualTo(25);
  }

  @Test
  void oneThatCannotIsAtLeastItsNearerEdgeOnEitherSide() {
    assertThat(new OffsetBounds(5, 10, 20).atLeastNs()).isEqualTo(5);
    assertThat(new OffsetBounds(-20, -10, -5).atLeastNs()).isEqualTo(5);
  }

  @Test
  void boundsInTheWrongOrderAreNoBounds() {
    assertThatThrownBy(() -> new OffsetBounds(1, 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DriftBounds(0, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Whatever the two offsets are within their bounds, their difference is within its own. */
  @Property
  void aDifferenceHoldsTheDifference(
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long first,
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long second,
      @ForAll @IntRange(max = 1_000) int below,
      @ForAll @IntRange(max = 1_000) int above) {
    OffsetBounds one = new OffsetBounds(first - below, first, first + above);
    OffsetBounds other = new OffsetBounds(second - above, second - above, second + below);

    OffsetBounds difference = one.minus(other);

    assertThat(first - second).isBetween(difference.lowestNs(), difference.highestNs());
    assertThat(difference.halfWidthNs())
        .isLessThanOrEqualTo(one.halfWidthNs() + other.halfWidthNs());
  }

  /**
   * The clock is anywhere within each interval; its mean rate is within the bounds all the same.
   */
  @Property
  void theDriftThatTheClockHadIsWithinItsBounds(
      @ForAll @DoubleRange(min = -200, max = 200) double driftPpm,
      @ForAll @LongRange(min = -1_000_000_000, max = 1_000_000_000) long startNs,
      @ForAll @IntRange(min = 3, max = 50) int seconds,
      @ForAll List<@IntRange(max = 100_000) Integer> errors) {
    List<TimedOffset> moments = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      long offsetNs = startNs - Math.round(driftPpm * 1e3 * i);
      int errorNs = errors.isEmpty() ? 1 : errors.get(i % errors.size());
      moments.add(
          new TimedOffset(
              i * 1_000_000_000L,
              new OffsetBounds(offsetNs - errorNs, offsetNs, offsetNs + 100_000 - errorNs)));
    }

    DriftBounds drift = DriftBounds.between(moments).orElseThrow();

    double roundingPpm = 0.01;
    assertThat(driftPpm)
        .isBetween(drift.lowestPpm() - roundingPpm, drift.highestPpm() + roundingPpm);
    assertThat(drift.atLeastPpm()).isLessThanOrEqualTo(Math.abs(driftPpm) + roundingPpm);
    assertThat(drift.atMostPpm()).isGreaterThanOrEqualTo(Math.abs(driftPpm) - roundingPpm);
  }

  @Test
  void withoutTwoMomentsApartThereIsNoDrift() {
    TimedOffset moment = new TimedOffset(5, OffsetBounds.around(0, 10));
    assertThat(DriftBounds.between(List.of())).isEmpty();
    assertThat(DriftBounds.between(List.of(moment))).isEmpty();
    assertThat(DriftBounds.between(List.of(moment, moment))).isEmpty();
  }
}

package org.carillon.analysis.statistics.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import org.carillon.analysis.statistics.Judgement;
import org.junit.jupiter.api.Test;

class MeasuredClockTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long T = 1_795_000_000_000_000_000L;

  /** Measurements every 10 s. */
  private static List<OffsetSample> samples(int n, IntToLongFunction offsetNs, long errorNs) {
    List<OffsetSample> samples = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      samples.add(
          new OffsetSample(
              T + 10 * i * SECOND_NS, offsetNs.applyAsLong(i), OptionalLong.of(errorNs)));
    }
    return samples;
  }

  private static MeasuredClock measured(List<OffsetSample> samples, Long... breaksNs) {
    return MeasuredClock.of(
        new OffsetSeries("test", samples, OptionalLong.of(1_000), List.of(breaksNs)));
  }

  @Test
  void aClockThatLosesTenMicrosecondsASecondRunsSlowByTenPartsPerMillion() {
    // True time less the clock grows by 100 µs every 10 s.
    MeasuredClock clock = measured(samples(100, i -> 5 + 100_000L * i, 2_000));
    // Between the first of the first quarter and the first of the last: 75 · 10 s.
    assertThat(clock.rate().known()).contains(new ClockRate(-10_000, -10_006, -9_994));
    Wander wander = clock.wander().known().orElseThrow();
    assertThat(wander.n()).isEqualTo(7);
    assertThat(wander.leastPpb()).isEqualTo(-10_000);
    assertThat(wander.mostPpb()).isEqualTo(-10_000);
    assertThat(wander.changeAtLeastPpb()).isZero();
    assertThat(wander.changeAtMostPpb()).isBetween(1L, 100L);
    assertThat(clock.jumps().known()).contains(new Jumps(99, 0, 0));
    assertThat(clock.offsets().startNs()).hasValue(5);
    assertThat(clock.offsets().endNs()).hasValue(5 + 9_900_000);
    assertThat(clock.offsets().bandLeastNs()).hasValue(5 - 2_000);
    assertThat(clock.offsets().bandMostNs()).hasValue(5 + 9_900_000 + 2_000);
  }

  @Test
  void aRateThatMovedByMoreThanTheErrorsIsProvablyNotConstant() {
    // 10 ppm in the first half, 12 ppm in the second.
    MeasuredClock clock =
        measured(
            samples(160, i -> i <= 80 ? 100_000L * i : 8_000_000 + 120_000L * (i - 80), 2_000));
    Wander wander = clock.wander().known().orElseThrow();
    assertThat(wander.leastPpb()).isEqualTo(-12_000);
    assertThat(wander.mostPpb()).isEqualTo(-10_000);
    // Each rate is known to ± 4 µs in 200 s, which is 20 ppb.
    assertThat(wander.changeAtLeastPpb()).isCloseTo(1_960, within(2L));
    assertThat(wander.changeAtMostPpb()).isCloseTo(2_040, within(2L));
  }

  @Test
  void aJumpIsWhatNeitherErrorsNorSlewingExplain() {
    // 550 ppm of 10 s are 5.5 ms, and the errors 0.4 ms: 5.8 ms may be, 6 ms may not.
    assertThat(measured(samples(20, i -> i < 9 ? 0 : 5_800_000, 200_000)).jumps().known())
        .contains(new Jumps(19, 0, 0));
    assertThat(measured(samples(20, i -> i < 9 ? 0 : -6_000_000, 200_000)).jumps().known())
        .contains(new Jumps(19, 1, -6_000_000));
  }

  @Test
  void aClockThatWasSetHasItsRateFromTheLongerPart() {
    List<OffsetSample> set = samples(100, i -> 100_000L * i + (i < 30 ? 0 : 1_000_000_000), 2_000);
    MeasuredClock clock = measured(set, T + 295 * SECOND_NS);
    assertThat(clock.rate().known().orElseThrow().ppb()).isEqualTo(-10_000);
    assertThat(clock.stretchNs()).isEqualTo(690 * SECOND_NS);
    assertThat(clock.spanNs()).isEqualTo(990 * SECOND_NS);
    assertThat(measured(set).rate())
        .as("nobody said that it was set")
        .isInstanceOfSatisfying(
            Judgement.NotComparable.class,
            judgement ->
                assertThat(judgement.why())
                    .startsWith("1 of 99 changes from one measurement to the next exceed"));
  }

  @Test
  void aMeasurementThatWaitedInAQueueIsLeftOut() {
    List<OffsetSample> samples = new ArrayList<>(samples(50, i -> 100_000L * i, 2_000));
    samples.set(0, new OffsetSample(T, -36_000_000, OptionalLong.of(36_700_000)));
    MeasuredClock clock = measured(samples);
    assertThat(clock.coarse()).isEqualTo(1);
    assertThat(clock.offsets().leastNs()).hasValue(100_000);
    assertThat(clock.rate().known().orElseThrow().ppb()).isEqualTo(-10_000);
    assertThat(clock.stability().known().orElseThrow().deviation().points())
        .isNotEmpty()
        .allMatch(point -> point.deviation() < 1e-12);
  }

  @Test
  void tooFewMeasurementsTellNothingAndSayHowManyThereAre() {
    MeasuredClock clock = measured(samples(3, i -> 100_000L * i, 2_000));
    assertThat(clock.wander())
        .isEqualTo(
            new Judgement.NotComparable<>(
                "3 measurements; four eighths of the time need one each"));
    assertThat(clock.stability())
        .isEqualTo(
            new Judgement.NotComparable<>("3 measurements; it takes three second differences"));
    MeasuredClock one = measured(samples(1, i -> 7, 2_000));
    assertThat(one.rate().known()).isEmpty();
    assertThat(one.jumps()).isEqualTo(new Judgement.NotComparable<>("1 measurement; it takes two"));
  }

  @Test
  void offsetsBetweenMeasurementsLieOnALineAndFarFromThemAreMissing() {
    List<OffsetSample> samples =
        List.of(
            new OffsetSample(0, 100, OptionalLong.empty()),
            new OffsetSample(10, 200, OptionalLong.empty()),
            new OffsetSample(22, 80, OptionalLong.empty()),
            new OffsetSample(32, 80, OptionalLong.empty()),
            new OffsetSample(62, 0, OptionalLong.empty()),
            new OffsetSample(72, 0, OptionalLong.empty()),
            new OffsetSample(82, 0, OptionalLong.empty()),
            new OffsetSample(92, 0, OptionalLong.empty()));
    // Of 92 ns, 46 lie in intervals of 10 or less only just after the fifth of them: 10 · 5 = 50.
    EvenGrid grid = EvenGrid.of(samples).orElseThrow();
    assertThat(grid.intervalNs()).isEqualTo(10);
    assertThat(grid.offsetsNs())
        .containsExactly(0, 100, 0, -20, Double.NaN, Double.NaN, Double.NaN, -100, -100, -100);
  }

  @Test
  void theFloorIsWhatTheNoiseOfMeasurementsMakes() {
    AllanDeviation.Point point = new AllanDeviation.Point(10 * SECOND_NS, 1e-6, 5, 5e-7, 2e-6);
    Stability stability =
        new Stability(
            new AllanDeviation(List.of(point)), 10 * SECOND_NS, OptionalLong.of(1_000_000));
    assertThat(stability.floor(point).getAsDouble()).isCloseTo(1.7320508e-4, within(1e-10));
    assertThat(stability.tellsOfTheClock()).isFalse();
  }
}

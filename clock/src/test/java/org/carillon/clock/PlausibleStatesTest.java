package org.carillon.clock;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Beside formulas that can be worked out by hand. */
class PlausibleStatesTest {

  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Assumptions STEADY =
      new Assumptions(new DriftBound(50), new WanderBound(1e-9));
  private static final Assumptions USUAL = Assumptions.defaults();

  private static Measurement sample(long atS, long offsetNs, long errorNs) {
    return new Measurement("a", EPOCH_NS + atS * SECOND_NS, offsetNs, errorNs, 0, 0, 1, 0, 0);
  }

  private static PlausibleStates two(Assumptions assumptions, long errorNs, long apartS) {
    return PlausibleStates.of(sample(0, 0, errorNs), assumptions)
        .and(sample(apartS, 0, errorNs))
        .orElseThrow();
  }

  @Test
  void oneSampleSaysNothingAboutTheRate() {
    PlausibleStates one = PlausibleStates.of(sample(0, 7, 100), USUAL);
    assertThat(one.ratesNsPerS().highest()).isEqualTo(USUAL.rateNsPerS());
    assertThat(one.offsetsAt(EPOCH_NS).lowestNs()).isEqualTo(-93);
    // 100 s at 50 ppm, which are 50.0025 ppm of local time.
    assertThat(one.offsetsAt(EPOCH_NS + 100 * SECOND_NS).highestNs()).isEqualTo(107 + 5_000_251);
    assertThat(one.at(EPOCH_NS + 100 * SECOND_NS).offsetsAt(EPOCH_NS + 100 * SECOND_NS).highestNs())
        .isEqualTo(107 + 5_000_251);
  }

  @Test
  void twoSamplesOfASteadyClockAreTheConvexHull() {
    // ±50 µs, 100 s apart: the line from the bottom of the first to the top of the second.
    PlausibleStates hull = two(STEADY, 50_000, 100);
    assertThat(hull.ratesNsPerS().highest()).isBetween(1_000.0, 1_000.1);
    assertThat(hull.offsetsAt(EPOCH_NS + 200 * SECOND_NS).highestNs())
        .isBetween(150_000L, 150_001L);
    assertThat(hull.offsetsAt(EPOCH_NS + 200 * SECOND_NS).lowestNs())
        .isBetween(-150_001L, -150_000L);
    assertThat(hull.offsetsAt(EPOCH_NS + 50 * SECOND_NS).highestNs())
        .as("between the samples")
        .isBetween(50_000L, 50_001L);
  }

  @Test
  void theRateMayChangeByTheWanderBoundAndNoMore() {
    // As above; and 0.02 ppm/s lets the mean rates of two times of 100 s differ by 2,000 ns/s.
    assertThat(two(USUAL, 50_000, 100).offsetsAt(EPOCH_NS + 200 * SECOND_NS).highestNs())
        .isBetween(350_000L, 350_200L);
  }

  @Test
  void withAWideWanderBoundOnlyTheDriftBoundIsLeft() {
    Assumptions jumpy = new Assumptions(new DriftBound(50), new WanderBound(1_000_000));
    PlausibleStates states = two(jumpy, 50_000, 100);
    assertThat(states.ratesNsPerS().highest()).isEqualTo(jumpy.rateNsPerS());
    assertThat(states.offsetsAt(EPOCH_NS + 200 * SECOND_NS).highestNs())
        .isEqualTo(
            PlausibleStates.of(sample(100, 0, 50_000), jumpy)
                .offsetsAt(EPOCH_NS + 200 * SECOND_NS)
                .highestNs());
  }

  @Test
  void aSampleThatNoRateLeadsToIsAContradiction() {
    PlausibleStates states = two(USUAL, 50_000, 100);
    // The highest offset then is 350 µs, and the sample's own error is 50 µs.
    assertThat(states.and(sample(200, 395_000, 50_000))).isPresent();
    assertThat(states.and(sample(200, 405_000, 50_000))).isEmpty();
  }

  @Test
  void samplesThatTouchDoNotContradictEachOther() {
    assertThat(PlausibleStates.of(sample(0, 0, 100), USUAL).and(sample(0, 200, 100))).isPresent();
    assertThat(PlausibleStates.of(sample(0, 0, 100), USUAL).and(sample(0, 201, 100))).isEmpty();
  }

  /** More samples never widen, and the order of independent servers does not matter much. */
  @Property(tries = 200)
  void aSampleNeverWidensTheInterval(
      @ForAll @LongRange(min = -40_000, max = 40_000) long offsetNs,
      @ForAll @LongRange(min = 50_000, max = 500_000) long errorNs,
      @ForAll @IntRange(min = 101, max = 10_000) int atS,
      @ForAll @IntRange(min = -100, max = 1_000) int readAfterS) {
    PlausibleStates before = two(USUAL, 60_000, 100);
    PlausibleStates after = before.and(sample(atS, offsetNs, errorNs)).orElseThrow();
    long atNs = EPOCH_NS + (atS + readAfterS) * SECOND_NS;
    PlausibleStates moved = before.at(EPOCH_NS + atS * SECOND_NS);
    assertThat(after.offsetsAt(atNs).highestNs())
        .isLessThanOrEqualTo(moved.offsetsAt(atNs).highestNs() + 1);
    assertThat(after.offsetsAt(atNs).lowestNs())
        .isGreaterThanOrEqualTo(moved.offsetsAt(atNs).lowestNs() - 1);
    assertThat(after.offsetsAt(atNs).lowestNs()).isLessThan(after.offsetsAt(atNs).highestNs());
  }
}

package org.carillon.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OffsetFilterTest {

  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Assumptions ASSUMPTIONS = Assumptions.defaults();

  private static Measurement sample(long atS, long offsetNs, long errorNs) {
    return sample(atS, offsetNs, errorNs, 2 * errorNs);
  }

  private static Measurement sample(long atS, long offsetNs, long errorNs, long delayNs) {
    long rawNs = EPOCH_NS + atS * SECOND_NS;
    return new Measurement("a", rawNs, offsetNs, errorNs, delayNs, delayNs, 1, 0, 0);
  }

  private static OffsetEstimate estimate(List<Measurement> samples) {
    return OffsetFilter.of(samples, ASSUMPTIONS).estimate();
  }

  @Test
  void ofOneSampleItIsThatSample() {
    OffsetEstimate estimate = estimate(List.of(sample(0, 77, 100)));
    assertThat(estimate.offsetNs(EPOCH_NS)).isEqualTo(77);
    assertThat(estimate.offsetNs(EPOCH_NS + 100 * SECOND_NS)).isEqualTo(77);
  }

  @Test
  void ofSamplesOnALineItIsTheLine() {
    List<Measurement> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(sample(16 * i, 5_000_000 + 16 * i * 12_000, 50_000));
    }
    OffsetEstimate estimate = estimate(samples);
    // The rate of 0 that is taken for granted has next to no weight.
    assertThat(estimate.rateNsPerS()).isCloseTo(12_000, Offset.offset(0.1));
    assertThat(estimate.offsetNs(EPOCH_NS + 320 * SECOND_NS))
        .isCloseTo(5_000_000 + 320 * 12_000, Offset.offset(5L));
  }

  @Test
  void aSampleThatWaitedInAQueueHardlyCounts() {
    List<Measurement> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(sample(16 * i, 0, 50_000));
    }
    samples.add(sample(16 * 20, 900_000, 1_000_000));
    assertThat(estimate(samples).offsetNs(EPOCH_NS + 320 * SECOND_NS)).isLessThan(1_000);
  }

  @Test
  void samplesThatWaitedBeforeAFasterOneCameHardlyCountEither() {
    List<Measurement> samples = List.of(sample(0, 900_000, 1_000_000), sample(16, 0, 50_000));
    // Of two samples nobody knows whether even the fast one is good to better than a millisecond.
    assertThat(estimate(samples).offsetNs(EPOCH_NS + 16 * SECOND_NS)).isLessThan(100_000);
  }

  @Test
  void aServerThatClaimsLessBetweenItsOwnPollsIsBelievedAsMuch() {
    List<Measurement> steady = new ArrayList<>();
    List<Measurement> claimingLess = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long offsetNs = i % 3 * 1_000;
      steady.add(sample(16 * i, offsetNs, 50_000, 80_000));
      claimingLess.add(sample(16 * i, offsetNs, 50_000 + i % 5 * 240_000, 80_000));
    }
    assertThat(estimate(claimingLess)).isEqualTo(estimate(steady));
  }

  @Test
  void ofSteadySamplesItIsCloserThanAnyAndOfADriftThatTurnsItFollows() {
    SplittableRandom random = new SplittableRandom(4);
    List<Measurement> samples = new ArrayList<>();
    // The rate is 0 and the samples are good to 10 µs; then it is 2 ppm: 32 µs from one to the
    // next.
    for (int i = 0; i <= 96; i++) {
      long noiseNs = Math.round(10_000 * random.nextGaussian());
      samples.add(sample(16 * i, Math.max(0, i - 64) * 32_000L + noiseNs, 50_000));
    }
    long steadyNs = estimate(samples.subList(0, 65)).offsetNs(EPOCH_NS + 16 * 64 * SECOND_NS);
    assertThat(steadyNs).as("of 65 samples, deviation 2.5 µs").isBetween(-5_000L, 5_000L);
    OffsetEstimate turned = estimate(samples);
    assertThat(turned.rateNsPerS()).isBetween(1_500.0, 2_500.0);
    assertThat(turned.offsetNs(EPOCH_NS + 16 * 96 * SECOND_NS))
        .isCloseTo(32 * 32_000L, Offset.offset(15_000L));
  }

  @Test
  void takingSamplesInOneByOneIsTheSameAsAllAtOnce() {
    List<Measurement> samples =
        List.of(sample(0, 10, 50_000), sample(16, 20_000, 60_000), sample(32, 9_000, 90_000));
    OffsetFilter filter = OffsetFilter.of(samples.subList(0, 1), ASSUMPTIONS);
    filter = filter.with(samples.subList(0, 2)).with(samples);
    assertThat(filter).isEqualTo(OffsetFilter.of(samples, ASSUMPTIONS));
  }
}

package org.carillon.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OffsetEstimateTest {

  private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Assumptions ASSUMPTIONS = Assumptions.freeRunning();

  private static Measurement sample(long atS, long offsetNs, long errorNs) {
    return new Measurement("a", EPOCH_NS + atS * SECOND_NS, offsetNs, errorNs, 0, 1, 0, 0);
  }

  @Test
  void ofOneSampleItIsThatSample() {
    OffsetEstimate estimate = OffsetEstimate.of(List.of(sample(0, 77, 100)), ASSUMPTIONS);
    assertThat(estimate.offsetNs(EPOCH_NS)).isEqualTo(77);
    assertThat(estimate.offsetNs(EPOCH_NS + 100 * SECOND_NS)).isEqualTo(77);
  }

  @Test
  void ofSamplesOnALineItIsTheLine() {
    List<Measurement> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(sample(16 * i, 5_000_000 + 16 * i * 12_000, 50_000));
    }
    OffsetEstimate estimate = OffsetEstimate.of(samples, ASSUMPTIONS);
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
    assertThat(OffsetEstimate.of(samples, ASSUMPTIONS).offsetNs(EPOCH_NS + 320 * SECOND_NS))
        .isLessThan(1_000);
  }
}

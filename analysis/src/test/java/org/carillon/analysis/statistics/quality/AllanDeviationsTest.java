package org.carillon.analysis.statistics.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class AllanDeviationsTest {

  private static final long SECOND_NS = 1_000_000_000L;

  /** Offsets in ns at every second, from rates. */
  private static EvenGrid integrated(double[] rates) {
    double[] offsetsNs = new double[rates.length + 1];
    for (int i = 0; i < rates.length; i++) {
      offsetsNs[i + 1] = offsetsNs[i] + rates[i] * SECOND_NS;
    }
    return new EvenGrid(SECOND_NS, offsetsNs);
  }

  private static double[] noise(double deviation) {
    Random random = new Random(7);
    return DoubleStream.generate(() -> deviation * random.nextGaussian()).limit(20_000).toArray();
  }

  private static double deviation(EvenGrid grid, int m) {
    return AllanDeviations.at(grid, m).orElseThrow().deviation();
  }

  /** NBS Monograph 140, annex 8.E; NIST SP 1065, table 30. */
  @Test
  void theNineFrequenciesOfNbsGiveThePublishedDeviations() {
    EvenGrid grid = integrated(new double[] {892, 809, 823, 798, 671, 644, 883, 903, 677});
    assertThat(deviation(grid, 1)).isCloseTo(91.22945, within(5e-6));
    assertThat(deviation(grid, 2)).isCloseTo(85.95287, within(5e-6));
    assertThat(AllanDeviations.at(grid, 1).orElseThrow().n()).isEqualTo(8);
    assertThat(AllanDeviations.at(grid, 5)).isEmpty();
  }

  /** NIST SP 1065, §12.4 and table 31: seven digits. */
  @Test
  void theThousandFrequenciesOfNistGiveThePublishedDeviations() {
    double[] rates = new double[1000];
    long n = 1_234_567_890L;
    for (int i = 0; i < rates.length; i++) {
      rates[i] = n / 2_147_483_647.0;
      n = 16_807 * n % 2_147_483_647L;
    }
    EvenGrid grid = integrated(rates);
    assertThat(deviation(grid, 1)).isCloseTo(2.922319e-1, within(5e-8));
    assertThat(deviation(grid, 10)).isCloseTo(9.159953e-2, within(5e-9));
    assertThat(deviation(grid, 100)).isCloseTo(3.241343e-2, within(5e-9));
  }

  /** White noise of the offsets falls as 1/τ, and its level is √3·s/τ. */
  @Test
  void whitePhaseNoiseFallsAsOneOverTau() {
    EvenGrid grid = new EvenGrid(SECOND_NS, noise(1_000));
    for (int m : new int[] {1, 4, 16, 64}) {
      // 20,000 differences of which a sixth are independent: 1 % of error, 5 % are five of it.
      assertThat(deviation(grid, m))
          .isCloseTo(Math.sqrt(3) * 1e-6 / m, Percentage.withPercentage(5));
    }
  }

  /** White noise of the rate falls as 1/√τ. */
  @Test
  void whiteFrequencyNoiseFallsAsOneOverTheRootOfTau() {
    EvenGrid grid = integrated(noise(1e-6));
    for (int m : new int[] {1, 4, 16, 64}) {
      // At m = 64 there are 300 independent differences: 4 % of error, 15 % are four of it.
      assertThat(deviation(grid, m))
          .isCloseTo(1e-6 / Math.sqrt(m), Percentage.withPercentage(m == 64 ? 15 : 8));
    }
  }

  @Test
  void aConstantRateHasNone() {
    AllanDeviation deviation =
        AllanDeviations.of(integrated(DoubleStream.generate(() -> 12e-6).limit(40).toArray()));
    assertThat(deviation.points())
        .extracting(AllanDeviation.Point::tauNs)
        .containsExactly(SECOND_NS, 2 * SECOND_NS, 4 * SECOND_NS, 8 * SECOND_NS);
    assertThat(deviation.points()).allMatch(point -> point.deviation() < 1e-15);
  }

  /** By the definition: rates over neighbouring stretches, at every start. */
  @Property(tries = 200)
  void missingOffsetsCostOnlyTheirOwnDifferences(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int m) {
    Random random = new Random(seed);
    double[] x = new double[5 + random.nextInt(40)];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(100_000);
    }
    double sum = 0;
    int n = 0;
    for (int start = 0; start + 2 * m < x.length; start++) {
      double first = (x[start + m] - x[start]) / (m * (double) SECOND_NS);
      double second = (x[start + 2 * m] - x[start + m]) / (m * (double) SECOND_NS);
      if (!Double.isNaN(first) && !Double.isNaN(second)) {
        sum += Math.pow(second - first, 2) / 2;
        n++;
      }
    }
    Optional<AllanDeviation.Point> point = AllanDeviations.at(new EvenGrid(SECOND_NS, x), m);
    assertThat(point.map(AllanDeviation.Point::n).orElse(0L)).isEqualTo(n);
    if (n > 0) {
      assertThat(point.orElseThrow().deviation()).isCloseTo(Math.sqrt(sum / n), within(1e-12));
    }
  }

  @Test
  void whatIsNoDeviationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AllanDeviation.Point(1, Double.NaN, 1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new AllanDeviation.Point(0, 1, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AllanDeviation.Point(1, -1, 1, -1, 1));
  }
}

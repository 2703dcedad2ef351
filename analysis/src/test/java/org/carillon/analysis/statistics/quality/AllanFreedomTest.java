package org.carillon.analysis.statistics.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllanFreedomTest {

  /** χ² tables: 3.247 and 20.483 for 10 degrees of freedom, 0.000982 and 5.024 for one. */
  @ParameterizedTest
  @CsvSource({"10, 3.246973, 20.483177", "1, 0.000982069, 5.023886"})
  void theEndsAreThoseOfTablesOfChiSquared(double degrees, double lower, double upper) {
    AllanFreedom.Factors factors = AllanFreedom.factors(degrees);
    assertThat(factors.high()).isCloseTo(Math.sqrt(degrees / lower), within(1e-4));
    assertThat(factors.low()).isCloseTo(Math.sqrt(degrees / upper), within(1e-6));
  }

  @Test
  void shortStretchesHaveAboutHalfAsManyDegreesAsOffsetsAndTheLongestHardlyAny() {
    // White phase noise has the fewest: 1002 · 999 / 2000.
    assertThat(AllanFreedom.degrees(1001, 1)).isCloseTo(500.499, within(1e-3));
    // The walk of the rate has: 299 / 100 · (300² − 90,000 + 40,000) / 298².
    assertThat(AllanFreedom.degrees(301, 100)).isCloseTo(1.3468, within(1e-3));
    assertThat(AllanFreedom.degrees(4, 1)).isBetween(1.0, 2.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16, 30})
  void theIntervalHoldsTheTrueDeviationOfWhiteNoiseOfPhaseAndOfRate(int m) {
    Random random = new Random(11);
    int ofPhase = 0;
    int ofRate = 0;
    int tries = 2_000;
    for (int k = 0; k < tries; k++) {
      double[] phase = new double[100];
      double[] rate = new double[100];
      for (int i = 0; i < phase.length; i++) {
        phase[i] = 1_000 * random.nextGaussian();
        rate[i] = (i == 0 ? 0 : rate[i - 1]) + 1_000 * random.nextGaussian();
      }
      ofPhase += holds(phase, m, Math.sqrt(3) * 1e-6 / m);
      ofRate += holds(rate, m, 1e-6 / Math.sqrt(m));
    }
    // The standard error of 95 % of 2,000 is 0.5 %.
    assertThat(ofPhase).isGreaterThan((int) (0.93 * tries));
    assertThat(ofRate).isGreaterThan((int) (0.93 * tries));
  }

  private static int holds(double[] offsetsNs, int m, double deviation) {
    AllanDeviation.Point point =
        AllanDeviations.at(new EvenGrid(1_000_000_000L, offsetsNs), m).orElseThrow();
    return point.low() <= deviation && deviation <= point.high() ? 1 : 0;
  }
}

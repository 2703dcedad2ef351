package org.carillon.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextRunTest {

  /** From published tables of Student's distribution. */
  @ParameterizedTest
  @CsvSource({"4, 2.776", "5, 2.571", "9, 2.262", "19, 2.093", "29, 2.045", "120, 1.980"})
  void studentsPercentilesAreThoseOfTheTables(int degrees, double percentile) {
    assertThat(NextRun.student(degrees)).isCloseTo(percentile, within(0.001));
  }

  @Test
  void theIntervalIsThatOfAnExampleByHand() {
    // Mean 10, s = √2.5, n = 5: 2.776 · √2.5 · √1.2 = 4.808.
    NextRun next = NextRun.after(new double[] {8, 9, 10, 11, 12});
    assertThat(next.low()).isCloseTo(10 - 4.808, within(0.003));
    assertThat(next.high()).isCloseTo(10 + 4.808, within(0.003));
  }

  @Test
  void oneMoreRunLiesWithinAsOftenAsItShould() {
    Random random = new Random(1);
    int outside = 0;
    int rounds = 4_000;
    for (int i = 0; i < rounds; i++) {
      double[] earlier = new double[5 + i % 20];
      for (int j = 0; j < earlier.length; j++) {
        earlier[j] = random.nextGaussian();
      }
      NextRun next = NextRun.after(earlier);
      double last = random.nextGaussian();
      outside += last < next.low() || last > next.high() ? 1 : 0;
    }
    // Three standard deviations of 5 % of 4,000 are 1 %.
    assertThat((double) outside / rounds).isCloseTo(0.05, within(0.0105));
  }

  @Test
  void equalRunsLetExpectTheSame() {
    double third = 1.0 / 3;
    assertThat(NextRun.after(new double[] {third, third, third, third, third, third}))
        .isEqualTo(new NextRun(third, third));
  }

  @Test
  void fewerThanFiveRunsGiveNone() {
    assertThatThrownBy(() -> NextRun.after(new double[4]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

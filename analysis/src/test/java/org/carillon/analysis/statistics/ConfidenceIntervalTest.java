package org.carillon.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.carillon.analysis.statistics.ConfidenceInterval.Ranks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceIntervalTest {

  /** The table of the sign test at 5 %, two-sided, as in any book on order statistics. */
  @ParameterizedTest(name = "median of {0}")
  @CsvSource({
    "6, 1, 6",
    "8, 1, 8",
    "9, 2, 8",
    "10, 2, 9",
    "12, 3, 10",
    "15, 4, 12",
    "20, 6, 15",
    "25, 8, 18",
    "30, 10, 21",
    "40, 14, 27",
    "50, 18, 33",
    "100, 40, 61"
  })
  void theRanksAreThoseOfThePublishedTable(long n, long low, long high) {
    assertThat(ConfidenceInterval.ranks(n, 500)).hasValue(new Ranks(low, high));
  }

  @Test
  void theRanksAreThoseOfWholeNumberArithmetic() {
    for (int n = 1; n <= 400; n += n < 50 ? 1 : 13) {
      for (int perMille : new int[] {500, 900, 990, 999}) {
        assertThat(ConfidenceInterval.ranks(n, perMille))
            .as("%d values, %d per mille", n, perMille)
            .isEqualTo(ReferenceStatistics.ranks(n, perMille));
      }
    }
  }

  /** A side without a value at 2.5 % needs pⁿ or (1−p)ⁿ at most 0.025. */
  @ParameterizedTest(name = "{1} per mille from {0} values on")
  @CsvSource({"6, 500", "36, 900", "368, 990", "3688, 999"})
  void thereIsNoneOfFewerValues(long least, int perMille) {
    assertThat(ConfidenceInterval.ranks(least - 1, perMille)).isEqualTo(Optional.empty());
    assertThat(ConfidenceInterval.ranks(least, perMille)).isPresent();
  }

  /** Within two ranks of the normal distribution, which the binomial of so many is near to. */
  @ParameterizedTest(name = "{0} values, {1} per mille")
  @CsvSource({"1000000000, 500", "1000000000, 999", "4000000000, 900", "123456789, 990"})
  void manyValuesAreNoTrouble(long n, int perMille) {
    double p = perMille / 1000.0;
    double half = 1.959963984540054 * Math.sqrt(n * p * (1 - p));
    Ranks ranks = ConfidenceInterval.ranks(n, perMille).orElseThrow();
    assertThat((double) ranks.low()).isCloseTo(n * p - half, within(2.0));
    assertThat((double) ranks.high()).isCloseTo(n * p + half, within(2.0));
  }
}

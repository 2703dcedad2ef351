package org.carillon.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {

  /**
   * The score intervals of R. G. Newcombe, "Two-sided confidence intervals for the single
   * proportion", Statistics in Medicine 17, 1998, table I, which have four decimals.
   */
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void theIntervalIsThatOfAPublishedTable(long count, long n, double low, double high) {
    assertThat(new Rate(count, n).low()).isCloseTo(low, within(0.00005));
    assertThat(new Rate(count, n).high()).isCloseTo(high, within(0.00005));
  }

  @Test
  void theEdgesOfNothingAndEverythingAreExact() {
    assertThat(new Rate(0, 20).low()).isZero();
    assertThat(new Rate(20, 20).high()).isOne();
    assertThat(new Rate(0, 0).share()).isEmpty();
    assertThat(new Rate(0, 0).low()).isZero();
    assertThat(new Rate(0, 0).high()).isOne();
  }

  @Test
  void aShareShowsOneOfAThousandMillion() {
    assertThat(new Rate(1, 1_000_000_000L).share().orElseThrow()).isEqualByComparingTo("1e-9");
    assertThat(new Rate(2, 3).share().orElseThrow()).isEqualByComparingTo("0.666666667");
  }

  @Test
  void whatIsNoShareIsRefused() {
    assertThatThrownBy(() -> new Rate(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rate(-1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}

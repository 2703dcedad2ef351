package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MillisecondsTest {

  @Test
  void nanosecondsAreShownAsMillisecondsWithThreeDigits() {
    assertThat(Milliseconds.text(20_739_225)).isEqualTo("20.739");
    assertThat(Milliseconds.text(-1_500)).isEqualTo("-0.002");
  }
}

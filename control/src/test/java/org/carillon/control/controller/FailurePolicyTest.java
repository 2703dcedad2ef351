package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailurePolicyTest {

  @ParameterizedTest
  @CsvSource({
    "all, 3, true",
    "all, 2, false",
    "quorum:2, 2, true",
    "quorum:2, 1, false",
    "best-effort, 1, true",
    "best-effort, 0, false"
  })
  void saysWhetherAPhaseOfThreeWorkersGoesOn(String policy, int well, boolean holds) {
    assertThat(FailurePolicy.parse(policy).holds(well, 3)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "quorum:1", "quorum:12", "best-effort"})
  void isWrittenAsItIsRead(String text) {
    assertThat(FailurePolicy.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ALL", "quorum", "quorum:", "quorum:0", "quorum:-1", "quorum:9999999"})
  void otherTextsAreRefusedWithWhatToWrite(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FailurePolicy.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("quorum:N");
  }
}

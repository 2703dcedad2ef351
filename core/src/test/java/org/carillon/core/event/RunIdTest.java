package org.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

  @Property
  void everyNumberIsReadBackFromEachOfItsForms(@ForAll long runId) {
    assertThat(RunId.format(runId)).hasSize(16);
    assertThat(RunId.parse(RunId.format(runId))).isEqualTo(runId);
    assertThat(RunId.parse("0x" + Long.toHexString(runId))).isEqualTo(runId);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "-1, -1",
    "18446744073709551615, -1",
    "9223372036854775808, -9223372036854775808",
    "00000000000000ff, 255",
    "0xFF, 255",
    "1234567890123456, 1311768467284833366"
  })
  void decimalAndHexadecimalNumbersAreUnderstood(String text, long runId) {
    assertThat(RunId.parse(text)).isEqualTo(runId);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ff",
        "0x",
        "0x11111111111111111",
        "18446744073709551616",
        "-99999999999999999999",
        "1.5",
        "١"
      })
  void whatIsNoRunIdIsQuoted(String text) {
    assertThatThrownBy(() -> RunId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is not a run id");
  }
}

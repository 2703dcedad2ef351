package org.carillon.analysis.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @CsvSource({
    "0, 5, 0 %",
    "5, 5, 100 %",
    "1, 3, 33.3 %",
    "1, 100000, below 0.1 %",
    "99999, 100000, above 99.9 %",
    "0, 0, –"
  })
  void aShareIsNeverRoundedToNothingOrAll(long part, long whole, String text) {
    assertThat(Quantity.percent(part, whole)).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0} ns is {1}")
  @CsvSource({
    "0, 0 ns",
    "-7, −7 ns",
    "18211, 18.2 µs",
    "630851, 0.631 ms",
    "12419350, 12.4 ms",
    "999999999, 1000 ms",
    "1500000000, 1.5 s",
    "1810900000000, 30 min 11 s",
    "7260000000000, 2 h 1 min",
    "-9223372036854775808, −2562047 h 47 min"
  })
  void durationsHaveThreeDigitsAndAUnit(long ns, String text) {
    assertThat(Quantity.duration(ns)).isEqualTo(text);
  }

  @Test
  void tablesHaveMicrosecondsAsMilliseconds() {
    assertThat(Quantity.milliseconds(OptionalLong.of(-1_234_567))).isEqualTo("−1.235");
    assertThat(Quantity.milliseconds(OptionalLong.empty())).isEqualTo("–");
    assertThat(Quantity.count(1, "event")).isEqualTo("1 event");
    assertThat(Quantity.count(3000, "event")).isEqualTo("3,000 events");
  }

  @Test
  void aChosenSizeIsGivenExactlyWithASpaceBeforeItsUnit() {
    assertThat(Quantity.exact(50_000_000)).isEqualTo("50 ms");
    assertThat(Quantity.exact(1_234_567_000)).isEqualTo("1234567 µs");
    assertThat(Quantity.exact(120_000_000_000L)).isEqualTo("2 min");
  }

  @Test
  void aRangeWhoseEndsReadTheSameIsOneDuration() {
    assertThat(Quantity.range(101_000, 101_002)).isEqualTo("0.101 ms");
    assertThat(Quantity.range(101_000, 109_000)).isEqualTo("0.101 ms to 0.109 ms");
  }
}

package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest(name = "{0} is {1} ns")
  @CsvSource({
    "50ms, 50000000",
    "1.5s, 1500000000",
    "3m, 180000000000",
    "2h, 7200000000000",
    "30d, 2592000000000000",
    "7us, 7000",
    "7µs, 7000",
    "-3ms, -3000000",
    "1ns, 1",
    "0, 0"
  })
  void readsNumberAndUnit(String text, long ns) {
    assertThat(DurationText.parseNs(text)).isEqualTo(ns);
  }

  @ParameterizedTest(name = "''{0}'' is refused")
  @ValueSource(strings = {"", "5", "ms", "5 ms", "5mss", "1e3s", "0.5ns", "300000000h", "5minutes"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> DurationText.parseNs(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Property
  void readsBackWhatItWrites(@ForAll long ns) {
    assertThat(DurationText.parseNs(DurationText.format(ns))).isEqualTo(ns);
  }
}

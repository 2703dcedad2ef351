package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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

  @ParameterizedTest(name = "{0} ns is {1} to people")
  @CsvSource({
    "0, 0s",
    "7, 7ns",
    "1234567, 1.23ms",
    "999999, 1ms",
    "50000000, 50ms",
    "1500000000, 1.5s",
    "9999999999, 10s",
    "10067000000, 10s",
    "30000000000, 30s",
    "59500000000, 1m",
    "120000000000, 2m",
    "176073700000, 2m56s",
    "3599700000000, 1h",
    "10845000000000, 3h1m",
    "86399000000000, 1d",
    "93600000000000, 1d2h"
  })
  void roundsWhatWasComputed(long ns, String text) {
    assertThat(DurationText.rounded(Duration.ofNanos(ns))).isEqualTo(text);
  }

  @Property
  void readsBackWhatItWrites(@ForAll long ns) {
    assertThat(DurationText.parseNs(DurationText.format(ns))).isEqualTo(ns);
  }
}

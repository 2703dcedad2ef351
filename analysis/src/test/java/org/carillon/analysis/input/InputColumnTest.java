package org.carillon.analysis.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carillon.core.record.Column;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputColumnTest {

  private static InputColumn column(String name, Column.Type type) {
    return InputColumn.of(new Column(name, type, false));
  }

  @ParameterizedTest(name = "{0} ms are {1} ns")
  @CsvSource({
    "0, 0",
    "-0.0000005, 0",
    "0.0000015, 2",
    "1e-3, 1000",
    "4.492811062703936e-07, 0",
    "1e-999999999, 0",
    "-23.28181266784668, -23281813",
    "+5.0, 5000000",
    "4611686018427.387903, 4611686018427387903"
  })
  void millisecondsBecomeWholeNanosecondsHalfToEven(String cell, long ns) {
    assertThat(column("ntp_offset_ms", Column.Type.DECIMAL).parse(cell)).isEqualTo(ns);
    assertThat(column("ntp_offset_ms", Column.Type.DECIMAL).storedName())
        .isEqualTo("ntp_offset_ns");
  }

  @ParameterizedTest(name = "{0} s are {1} ns")
  @CsvSource({"30, 30000000000", "0.25, 250000000"})
  void secondsBecomeNanoseconds(String cell, long ns) {
    assertThat(column("delay_s", Column.Type.DECIMAL).parse(cell)).isEqualTo(ns);
  }

  @ParameterizedTest(name = "''{0}'' is refused")
  @ValueSource(strings = {"", "nan", "inf", "1e99", "1e999999999", "--1", "0x10", "1,5", "5 ms"})
  void whatIsNoDecimalNumberIsRefused(String cell) {
    assertThatThrownBy(() -> column("ntp_offset_ms", Column.Type.DECIMAL).parse(cell))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "''{0}'' is no time")
  @ValueSource(
      strings = {
        "4611686018427387904", "-4611686018427387904", "9223372036854775807", "9223372036854775808",
        "1.0", "1e18", "", "12ns"
      })
  void whatIsNoTimeIsRefused(String cell) {
    assertThatThrownBy(() -> column("receive_time_ns", Column.Type.INTEGER).parse(cell))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(longs = {4611686018427387903L, -4611686018427387903L, 1761411671680671206L, 0})
  void timesAreReadExactly(long ns) {
    assertThat(column("receive_time_ns", Column.Type.INTEGER).parse(" " + ns + " ")).isEqualTo(ns);
  }

  @ParameterizedTest(name = "an uncertainty of {0} is refused")
  @ValueSource(strings = {"-1", "100000000000000001"})
  void anImpossibleUncertaintyIsRefused(String cell) {
    assertThatThrownBy(() -> column("bc_uncertainty_ns", Column.Type.INTEGER).parse(cell))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no uncertainty");
  }

  @ParameterizedTest(name = "event {0}")
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 1})
  void idsMayTakeAll64Bits(long id) {
    assertThat(column("event_id", Column.Type.INTEGER).parse(String.valueOf(id))).isEqualTo(id);
  }
}

package org.carillon.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathAsymmetryTest {

  @ParameterizedTest
  @CsvSource({
    "ntp1=200us, ntp1:123, 200000, 0",
    "ntp1:1123=-1.5ms, ntp1:1123, -1500000, 0",
    "[fe80::1]:123=+3us+-1us, [fe80::1]:123, 3000, 2000",
    "ntp1=-200us ± 20us, ntp1:123, -200000, -180000",
    "ntp1=20us+-30us, ntp1:123, 20000, 0",
    "ntp1=-20us+-0, ntp1:123, -20000, -20000"
  })
  void isReadAsItIsWritten(String text, String server, long ns, long sureNs) {
    PathAsymmetry asymmetry = PathAsymmetry.parse(text);

    assertThat(asymmetry.server()).isEqualTo(HostPort.parse(server));
    assertThat(asymmetry.thereMinusBackNs()).isEqualTo(ns);
    assertThat(asymmetry.sureNs()).isEqualTo(sureNs);
    assertThat(PathAsymmetry.parse(asymmetry.toString())).isEqualTo(asymmetry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ntp1",
        "=1ms",
        "ntp1=",
        "ntp1=1",
        "ntp1=1ms+-",
        "ntp1=1ms+--1us",
        "a:b=1ms",
        "ntp1=11s",
        "ntp1=1ms+-11s",
        "ntp1=1ms±2us±3us"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> PathAsymmetry.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }
}

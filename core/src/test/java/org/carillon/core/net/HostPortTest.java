package org.carillon.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "node7:9000, node7, 9000",
    "10.0.0.7:1, 10.0.0.7, 1",
    "[::1]:9000, ::1, 9000",
    "node7, node7, 123",
    "::1, ::1, 123",
    "[fe80::1], fe80::1, 123"
  })
  void readsHostAndPort(String text, String host, int port) {
    assertThat(HostPort.parse(text, 123)).isEqualTo(new HostPort(host, port));
  }

  @ParameterizedTest(name = "''{0}'' is refused")
  @ValueSource(strings = {"", ":9000", "a:", "a:x", "a:0", "a:65536", "a b:1", "a"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsLists() {
    assertThat(HostPort.parseList("a:1, b:2"))
        .containsExactly(new HostPort("a", 1), new HostPort("b", 2));
    assertThatThrownBy(() -> HostPort.parseList("a:1,,b:2"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

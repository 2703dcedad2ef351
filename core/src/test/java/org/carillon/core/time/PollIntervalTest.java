package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PollIntervalTest {

  @ParameterizedTest
  @CsvSource({
    "auto, 1s, 64s",
    "1s..64s, 1s, 64s",
    "2s..1m, 2s, 60s",
    "16s, 16s, 16s",
    "10ms, 10ms, 10ms"
  })
  void isReadAsItIsWritten(String text, String shortest, String longest) {
    PollInterval interval = PollInterval.parse(text);

    assertThat(interval.shortest()).isEqualTo(DurationText.parse(shortest));
    assertThat(interval.longest()).isEqualTo(DurationText.parse(longest));
    assertThat(PollInterval.parse(interval.toString())).isEqualTo(interval);
  }

  @Test
  void oneDurationIsFixed() {
    assertThat(PollInterval.parse("16s")).isEqualTo(PollInterval.fixed(Duration.ofSeconds(16)));
    assertThat(PollInterval.parse("16s").isFixed()).isTrue();
    assertThat(PollInterval.ADAPTIVE.isFixed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "0s",
        "9ms",
        "25h",
        "automatic",
        "..",
        "1s..",
        "..4s",
        "4s..1s",
        "1s..2s..3s"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> PollInterval.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }
}

package org.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockSpecTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "system | system",
        "simulated | simulated:offset=0s,drift_ppm=0.0,wander_ppm=0.0,seed=0",
        "simulated:offset=-3ms,drift_ppm=20 | simulated:offset=-3ms,drift_ppm=20.0,wander_ppm=0.0,seed=0",
        "simulated:wander_ppm=0.5,seed=9 | simulated:offset=0s,drift_ppm=0.0,wander_ppm=0.5,seed=9"
      })
  void saysBackWhatItUnderstood(String text, String understood) {
    assertThat(ClockSpec.parse(text).specification()).isEqualTo(understood);
  }

  @ParameterizedTest(name = "''{0}'' is refused")
  @ValueSource(
      strings = {
        "",
        "sytem",
        "simulated:offset",
        "simulated:offset=3",
        "simulated:drift=20",
        "simulated:drift_ppm=fast",
        "simulated:drift_ppm=NaN",
        "simulated:wander_ppm=-1",
        "simulated:offset=3ms,"
      })
  void refusesWhatIsNoClock(String text) {
    assertThatThrownBy(() -> ClockSpec.validate(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

package org.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {

  @Test
  void stagesAreReadInAnyOrder() {
    assertThat(Stage.parse("stage, preflight")).containsExactly(Stage.PREFLIGHT, Stage.STAGE);
    assertThat(Stage.parse("collect,run,warm-up,start")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fly              | 'fly' is not a stage: use preflight,stage,start,warm-up,run,collect,analyze
          preflight,       | '' is not a stage
          run              | start,warm-up,run,collect go together
          start,warm-up    | start,warm-up,run,collect go together
          analyze          | analyze needs a run
          """)
  void whatCannotBeDoneIsRefused(String text, String sentence) {
    assertThatThrownBy(() -> Stage.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }
}

package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunProgressTest {

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"phase":"clock_gate","waiting_for":"waiting for clocks, 9 s left: a","elapsed_s":0} | waiting for clocks, 9 s left: a
          {"phase":"connecting","waiting_for":"","elapsed_s":0.0,"workers":[{"state":"connecting"}]} | connecting
          {"phase":"clock_gate","waiting_for":"","elapsed_s":0} | clock gate
          {"phase":"running","waiting_for":"","elapsed_s":125.2,"workers":[{"state":"completed"},{"state":"collecting"},{"state":"failed"}]} | 2 of 3 workers have ended, 2m5s after the start
          """)
  void whatIsWaitedForIsSaidAndThenWhoHasEnded(String json, String sentence) throws Exception {
    assertThat(RunProgress.sentence(new JsonMapper().readTree(json))).isEqualTo(sentence);
  }
}

package org.carillon.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.carillon.control.view.Screen;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.Test;
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

  private static final String EVENTS =
      """
      {"state":"%s","sent":%d,"total":9,"failed_sends":0,"elapsed_s":1,"remaining_s":1,"phase":"%s"}
      """;

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final RunProgress onTerminal =
      new RunProgress(
          Optional.of(new Screen(new PrintStream(terminal, true, StandardCharsets.UTF_8))),
          new SystemClock());

  private String shown() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theLastLineIsShownOnceAndStays() {
    onTerminal.line(EVENTS.formatted("running", 3, "running"));
    onTerminal.line(EVENTS.formatted("finished", 9, "ended"));
    onTerminal.line(EVENTS.formatted("finished", 9, "ended"));
    onTerminal.over();

    assertThat(shown()).containsOnlyOnce("9/9 events").endsWith("done in 0:01)\r\r\n");
  }

  @Test
  void whenNoLastLineCameNothingStays() {
    onTerminal.line(EVENTS.formatted("running", 3, "running"));
    onTerminal.over();
    onTerminal.line(EVENTS.formatted("running", 4, "finishing"));

    assertThat(shown()).contains("3/9 events").doesNotContain("4/9").endsWith("\r\033[J\r");
  }
}

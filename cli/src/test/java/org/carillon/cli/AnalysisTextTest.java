package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.carillon.analysis.AnalysisResult;
import org.junit.jupiter.api.Test;

class AnalysisTextTest {

  private static final AnalysisResult RESULT =
      new AnalysisResult(
          Path.of("report.html"),
          Path.of("summary.json"),
          List.of("One two three four – five six.", "Seven."),
          List.of("finding"),
          List.of("averylongwordthatnolinecantake is there."));

  @Test
  void sentencesAreWholeWhereNoTerminalShowsThem() {
    assertThat(AnalysisText.of(RESULT, Integer.MAX_VALUE))
        .isEqualTo(
            """
            Answer
              - One two three four – five six.
              - Seven.

            Warnings
              ! averylongwordthatnolinecantake is there.

            Report:  report.html
            Numbers: summary.json
            """);
  }

  @Test
  void aTerminalsWidthIsKeptButForWordsThatAreLonger() {
    assertThat(AnalysisText.of(RESULT, 20))
        .startsWith(
            """
            Answer
              - One two three
                four – five six.
              - Seven.

            Warnings
              ! averylongwordthatnolinecantake
                is there.
            """);
  }

  @Test
  void aRunWithoutWarningsHasNoHeadingForThem() {
    AnalysisResult good =
        new AnalysisResult(
            RESULT.report(), RESULT.summary(), RESULT.answer(), List.of(), List.of());
    assertThat(AnalysisText.of(good, 80)).doesNotContain("Warnings");
  }
}

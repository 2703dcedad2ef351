package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.carillon.control.view.Screen;
import org.carillon.core.time.ManualClock;
import org.junit.jupiter.api.Test;

class AnalysisProgressTest {

  private static final long SECOND_NS = 1_000_000_000;

  private final ManualClock clock = new ManualClock(0);
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final AnalysisProgress progress =
      new AnalysisProgress(
          false,
          Optional.of(new Screen(new PrintStream(terminal, true, StandardCharsets.UTF_8))),
          clock);

  private String shown() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsReadAtOnceShowsNothing() {
    progress.total(1_000_000);
    progress.read(500_000);
    progress.read(500_000);
    assertThat(shown()).doesNotContain("read");
  }

  @Test
  void aBarGrowsAndGoesAtTheEnd() {
    progress.total(4_000_000);
    clock.advance(SECOND_NS);
    progress.read(1_000_000);
    assertThat(shown()).contains("[##########     ").contains("1.0 of 4.0 MB read, ~0:03 left");
    progress.read(3_000_000);
    assertThat(shown()).endsWith("\033[J\r");
  }

  @Test
  void whatTakesLongerSaysWhatItDoesAndTakesThatBack() {
    progress.step("reading 2 workers' files");
    assertThat(shown()).isEmpty();
    clock.advance(SECOND_NS);
    progress.step("computing statistics");
    assertThat(shown()).contains("computing statistics");
    progress.close();
    assertThat(shown()).endsWith("\033[J\r");
  }
}

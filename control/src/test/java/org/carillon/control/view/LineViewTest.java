package org.carillon.control.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.carillon.control.controller.RunView;
import org.junit.jupiter.api.Test;

class LineViewTest {

  @Test
  void sumsUpTheRunAndNamesWhoIsNotWell() {
    assertThat(
            LineView.text(
                Views.running(
                    Views.collecting("n1", 12_000, 0),
                    Views.collecting("n2", 11_990, 10),
                    Views.failed("n3", "it died")),
                Views.SENDING))
        .isEqualTo(
            "running 0:12, ~0:48 left; 12000 of 60000 events sent; 3 workers received 24335"
                + " (2000/s), 10 missing, p50 41 µs, p99 1.2 ms, clocks within ± 210 µs;"
                + " not well: n3 (it died)");
  }

  @Test
  void saysWhoIsWaitedFor() {
    assertThat(
            LineView.text(
                Views.with(
                    RunView.Phase.CLOCK_GATE, "waiting for clocks, 12 s left: n3 (bound 7 ms)"),
                Optional.empty()))
        .isEqualTo("waiting for clocks, 12 s left: n3 (bound 7 ms); 0 workers");
  }

  @Test
  void namesFiveAtMost() {
    RunView.WorkerView failed = Views.failed("n", "gone");
    assertThat(
            LineView.text(
                Views.running(failed, failed, failed, failed, failed, failed, failed),
                Optional.empty()))
        .endsWith("n (gone), n (gone), n (gone), n (gone), n (gone) and 2 more");
  }

  @Test
  void failedSendsAreSaid() {
    Optional<SendProgress> sending =
        Optional.of(new SendProgress(2_500, 2_500, 993, Duration.ZERO));
    RunView view = Views.running(Views.collecting("n1", 5, 0));
    assertThat(LineView.text(view, sending)).contains("2500 of 2500 events sent; 993 sends failed");
    assertThat(TerminalView.lines(view, sending, 100, 20))
        .contains("2500 of 2500 events sent to 1 worker; 993 sends failed");
  }
}

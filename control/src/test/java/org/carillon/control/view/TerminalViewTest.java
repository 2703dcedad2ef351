package org.carillon.control.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.carillon.control.controller.RunView;
import org.carillon.control.controller.RunView.WorkerView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalViewTest {

  private static final RunView THREE =
      Views.running(
          Views.collecting("comp01", 12_000, 0),
          Views.collecting("a-node-with-a-very-long-name.cluster.example.org", 11_990, 10),
          Views.failed("comp03", "3 pings of 5 s were not answered\033[2J"));

  @Test
  void tellsOfEveryWorkerInALine() {
    assertThat(TerminalView.lines(THREE, Views.SENDING, 120, 40))
        .containsExactly(
            "",
            "running 0:12, ~0:48 left",
            "12000 of 60000 events sent to 3 workers, 1 not well",
            "node                                             state       events rate/s lost     p50     p99    offset ± bound  CPU",
            "comp01                                           collecting   12000   1000    0   41 µs  1.2 ms +5.01 ms ± 210 µs  12%",
            "a-node-with-a-very-long-name.cluster.example.org collecting   11990   1000   10   41 µs  1.2 ms +5.01 ms ± 210 µs  12%",
            "comp03                                           failed         345 3 pings of 5 s were not answered?[2J",
            "all                                                           24335   2000   10   41 µs  1.2 ms          ± 210 µs");
  }

  @Test
  void narrowTerminalShortensTheNames() {
    List<String> lines = TerminalView.lines(THREE, Views.SENDING, 79, 40);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(79));
    assertThat(lines.get(5)).startsWith("a-n").contains("… collecting").endsWith(" 12%");
  }

  @ParameterizedTest
  @CsvSource({"20, 5", "40, 10", "79, 23", "199, 50"})
  void neverExceedsTheTerminal(int width, int height) {
    WorkerView[] workers =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    i == 150 || i == 170
                        ? Views.failed("n" + i, "it is gone")
                        : Views.collecting("n" + i, i, i))
            .toArray(WorkerView[]::new);
    RunView view = Views.with(RunView.Phase.CLOCK_GATE, "n7 and others, ".repeat(30), workers);
    List<String> lines = TerminalView.lines(view, Optional.empty(), width, height);

    assertThat(lines).hasSizeLessThanOrEqualTo(Math.max(7, height));
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
  }

  @Test
  void tooManyWorkersAreCountedAndThoseNotWellComeFirst() {
    WorkerView[] workers =
        IntStream.range(0, 40)
            .mapToObj(i -> i == 30 ? Views.failed("n30", "gone") : Views.collecting("n" + i, i, 0))
            .toArray(WorkerView[]::new);
    List<String> lines = TerminalView.lines(Views.running(workers), Optional.empty(), 79, 10);

    assertThat(lines).hasSize(10);
    assertThat(lines.get(4)).matches("n30 +failed +345 gone");
    assertThat(lines.get(5)).startsWith("n0 ");
    assertThat(lines.get(8)).isEqualTo("… and 36 more");
    assertThat(lines.get(9)).startsWith("all ");
  }

  @Test
  void isRedrawnInPlaceBelowTheLogAndStaysAtTheEnd() {
    TinyTerminal terminal = new TinyTerminal(80, 12);
    terminal.stream().print("$ coordinator\n");
    Screen screen = new Screen(terminal.stream());
    TerminalView view = new TerminalView(screen, () -> 80, () -> 12, () -> Views.SENDING);
    PrintStream log = screen.above();
    for (int second = 0; second < 30; second++) {
      view.accept(THREE);
      log.println("log line " + second);
      log.println("x".repeat(100));
    }
    view.accept(Views.with(RunView.Phase.ENDED, "", Views.collecting("comp01", 60_000, 0)));
    terminal.stream().print("$ ");

    List<String> content = terminal.content();
    assertThat(content).hasSize(1 + 30 * 3 + 6 + 1);
    assertThat(content.getFirst()).isEqualTo("$ coordinator");
    assertThat(content.subList(1, 91))
        .allSatisfy(line -> assertThat(line).matches("log line \\d+|x{80}|x{20}"));
    assertThat(content.get(92)).isEqualTo("ended after 1:00");
    assertThat(content.get(96)).startsWith("all");
    assertThat(content.getLast()).isEqualTo("$");
  }

  @Test
  void betweenDrawingsTheCursorIsAtTheMargin() {
    TinyTerminal terminal = new TinyTerminal(80, 24);
    TerminalView view =
        new TerminalView(new Screen(terminal.stream()), () -> 80, () -> 24, () -> Views.SENDING);
    view.accept(THREE);
    view.accept(THREE);

    assertThat(terminal.content()).hasSize(8);
    assertThat(terminal.cursorColumn()).isZero();
    assertThat(terminal.cursorRow()).isZero();
    view.close();
    view.close();
    assertThat(terminal.content()).hasSize(9);
    assertThat(terminal.cursorRow()).isEqualTo(8);
  }
}

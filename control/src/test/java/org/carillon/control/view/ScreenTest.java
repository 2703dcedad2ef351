package org.carillon.control.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final TinyTerminal terminal = new TinyTerminal(40, 10);
  private final Screen screen = new Screen(terminal.stream());
  private final PrintStream log = screen.above();

  @Test
  void aLineOfTheLogLeavesNothingOfTheBarBehindIt() {
    screen.draw(List.of("[####      ] 50/100 events, ~0:13 left"));
    log.println("stopped");
    log.println("stopping");

    assertThat(terminal.content())
        .containsExactly("stopped", "stopping", "[####      ] 50/100 events, ~0:13 left");
    assertThat(terminal.cursorColumn()).isZero();
  }

  @Test
  void whatIsTrueNoMoreIsTakenAway() {
    screen.draw(List.of("one", "two"));
    screen.clear();
    screen.clear();
    log.println("stopped");

    assertThat(terminal.content()).containsExactly("stopped", "");
  }

  @Test
  void whatWasTheLastStaysAndTheLogGoesOnBelow() {
    screen.draw(List.of("running"));
    screen.draw(List.of("done"));
    screen.leave();
    screen.clear();
    log.println("bye");

    assertThat(terminal.content()).containsExactly("done", "bye", "");
  }
}

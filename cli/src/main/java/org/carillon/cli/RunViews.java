package org.carillon.cli;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.carillon.control.controller.RunView;
import org.carillon.control.view.JsonView;
import org.carillon.control.view.LineView;
import org.carillon.control.view.SendProgress;
import org.carillon.control.view.TerminalView;
import org.carillon.core.time.ClockSource;

/** The ways to show a run under control. */
final class RunViews {

  private RunViews() {}

  /**
   * What is shown the run.
   *
   * @param sending how far the coordinator is
   */
  static Consumer<RunView> of(
      CoordinatorCommand.ProgressForm form,
      ClockSource clock,
      Supplier<Optional<SendProgress>> sending) {
    return switch (form) {
      case AUTO -> Terminal.isInteractive() ? table(sending) : new LineView(clock, sending);
      case BAR -> table(sending);
      case LINES -> new LineView(clock, sending);
      case JSON -> new JsonView(System.out, sending);
      case NONE -> view -> {};
    };
  }

  private static Consumer<RunView> table(Supplier<Optional<SendProgress>> sending) {
    return new TerminalView(Terminal.screen(), Terminal::columns, Terminal::rows, sending);
  }
}

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
import org.carillon.events.send.ProgressDisplay;
import org.carillon.events.send.ProgressDisplays;
import picocli.CommandLine.Option;

/** How a coordinator shows how far it is, and its workers if it commands them. */
final class ProgressOptions {

  enum Form {
    AUTO,
    BAR,
    LINES,
    JSON,
    NONE
  }

  @Option(
      names = "--progress",
      paramLabel = "FORM",
      defaultValue = "auto",
      description =
          "bar, lines in the log every 10 s, json (one object a second on standard output), none, or"
              + " auto: a bar on a terminal and lines elsewhere (default: ${DEFAULT-VALUE}). With"
              + " --agents the bar is a table of all workers.")
  private Form form;

  /** What is shown how far one is that sends alone. */
  ProgressDisplay display() {
    return switch (form) {
      case AUTO -> Terminal.isInteractive() ? bar() : ProgressDisplays.lines();
      case BAR -> bar();
      case LINES -> ProgressDisplays.lines();
      case JSON -> ProgressDisplays.json(System.out);
      case NONE -> ProgressDisplay.none();
    };
  }

  private static ProgressDisplay bar() {
    return ProgressDisplays.bar(Terminal.screen(), Terminal::columns);
  }

  /**
   * What is shown a run under control.
   *
   * @param sending how far the coordinator is
   */
  Consumer<RunView> view(ClockSource clock, Supplier<Optional<SendProgress>> sending) {
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

package org.carillon.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.carillon.control.view.Screen;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.Distribution;
import org.carillon.deploy.FleetCheck;
import org.carillon.deploy.SshConnector;
import org.carillon.ntp.check.FleetReport;

/**
 * The part of clockcheck that needs the head's libraries: a compute node, which has none of them,
 * never loads this class.
 */
final class ClockcheckFleet {

  private ClockcheckFleet() {}

  /**
   * Checks the hosts, with what it does in the last line of a terminal.
   *
   * @param servers as {@code --server} takes them
   * @param arguments other ones for each host's clockcheck
   * @throws IllegalArgumentException with a sentence if a host is none
   */
  static FleetReport check(
      FleetOptions options, List<String> servers, List<String> arguments, Duration length) {
    FleetCheck.Request request =
        new FleetCheck.Request(
            options.specs(),
            options.workFolder(),
            options.installed(),
            servers,
            arguments,
            length,
            options.maxDifference().toNanos());
    Cancellation cancellation = new Cancellation();
    Interrupts.onFirst("stopping", cancellation::request, () -> "ended at once");
    Optional<Screen> screen =
        Terminal.isInteractive() ? Optional.of(Terminal.screen()) : Optional.empty();
    Consumer<String> progress =
        sentence ->
            screen.ifPresent(
                terminal ->
                    terminal.draw(
                        List.of(
                            sentence.substring(
                                0, Math.min(sentence.length(), Terminal.columns() - 1)))));
    try (SshConnector connector = new SshConnector(options.ssh())) {
      return new FleetCheck(
              request, Distribution.ofThisProgram(), connector, new SystemClock(), cancellation)
          .run(progress);
    } finally {
      screen.ifPresent(Screen::clear);
    }
  }
}

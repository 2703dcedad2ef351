package org.carillon.events;

import java.nio.file.Path;

/**
 * Where it is written down what was learned about a node's clock.
 *
 * @param samples samples_NODE.csv: every NTP exchange
 * @param incidents clock_NODE.csv: what is notable about the clock
 */
public record ClockFiles(Path samples, Path incidents) {

  /** Beside the file of the events. */
  public static ClockFiles beside(Path output, String nodeId) {
    Path absolute = output.toAbsolutePath();
    return new ClockFiles(
        absolute.resolveSibling("samples_" + nodeId + ".csv"),
        absolute.resolveSibling("clock_" + nodeId + ".csv"));
  }
}

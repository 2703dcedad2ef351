package org.carillon.events.send;

import java.nio.file.Path;
import java.util.Optional;
import org.carillon.control.controller.ControlFile;
import org.carillon.control.controller.ControllerOptions;
import org.carillon.events.ClockFiles;
import org.carillon.events.ClockOptions;

/**
 * What a coordinator is to do that drives its workers over control streams.
 *
 * @param control how it drives them
 * @param plan the events; empty if the workload sends none
 * @param clocks what its own clock is measured with, at least one NTP server
 * @param output the CSV file of the events; control.json and results.tsv stand beside it
 * @param readyFile appears when it begins to call the workers
 */
public record ControlledCoordinatorOptions(
    ControllerOptions control,
    Optional<EventPlan> plan,
    ClockOptions clocks,
    Path output,
    Optional<Path> readyFile) {

  public ControlledCoordinatorOptions {
    if (clocks.ntpServers().isEmpty()) {
      throw new IllegalArgumentException(
          "--ntp-server is missing: a common start needs a clock whose error is known");
    }
  }

  /** control.json, beside the output. */
  public Path controlFile() {
    return beside(ControlFile.NAME);
  }

  /** results.tsv, beside the output. */
  public Path resultsFile() {
    return beside("results.tsv");
  }

  /** What is learned about its clock, beside the output. */
  ClockFiles clockFiles() {
    return ClockFiles.beside(output, "coordinator");
  }

  private Path beside(String name) {
    return output.toAbsolutePath().resolveSibling(name);
  }
}

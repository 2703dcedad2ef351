package org.carillon.events.send;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.carillon.core.net.HostPort;
import org.carillon.events.ClockFiles;
import org.carillon.events.ClockOptions;

/**
 * What a coordinator is to do.
 *
 * @param workers whom to send to, at least one, none twice
 * @param plan what to send them
 * @param clocks what the clock is measured with
 * @param output the CSV file of the events
 * @param warmup how long the clock is measured before the first event
 * @param startDelay how long after the warm-up the first event is due
 * @param readyFile appears when the first event is about to be due
 * @param summaryFile appears with the totals when all is sent
 */
public record CoordinatorOptions(
    List<HostPort> workers,
    EventPlan plan,
    ClockOptions clocks,
    Path output,
    Duration warmup,
    Duration startDelay,
    Optional<Path> readyFile,
    Optional<Path> summaryFile) {

  public CoordinatorOptions {
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one worker");
    }
    if (workers.stream().distinct().count() < workers.size()) {
      throw new IllegalArgumentException("a worker is named twice in " + workers);
    }
    if (warmup.isNegative() || startDelay.isNegative()) {
      throw new IllegalArgumentException("warm-up and start delay must not be negative");
    }
    workers = List.copyOf(workers);
  }

  /** Without a file of the totals. */
  public CoordinatorOptions(
      List<HostPort> workers,
      EventPlan plan,
      ClockOptions clocks,
      Path output,
      Duration warmup,
      Duration startDelay,
      Optional<Path> readyFile) {
    this(workers, plan, clocks, output, warmup, startDelay, readyFile, Optional.empty());
  }

  /** What is learned about its clock, beside the output. */
  ClockFiles clockFiles() {
    return ClockFiles.beside(output, "coordinator");
  }
}

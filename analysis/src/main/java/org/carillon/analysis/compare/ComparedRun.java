package org.carillon.analysis.compare;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.carillon.analysis.condition.SummaryNumbers;

/**
 * A run that is compared with others.
 *
 * @param name of its folder, which no other run has
 * @param folder where it lies
 * @param startNs when it began, in ns since the Unix epoch, if anything tells
 * @param experiment its name, if the run's manifest tells
 * @param version of the program that made its summary
 * @param workers how many it had
 * @param clocks that both ends recorded, by their keys
 * @param faults whether some were injected on purpose
 * @param numbers of its summary
 */
record ComparedRun(
    String name,
    Path folder,
    OptionalLong startNs,
    Optional<String> experiment,
    String version,
    int workers,
    Set<String> clocks,
    boolean faults,
    SummaryNumbers numbers) {

  ComparedRun named(String other) {
    return new ComparedRun(
        other, folder, startNs, experiment, version, workers, clocks, faults, numbers);
  }
}

package org.carillon.core.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * The directory of one run, {@code RESULTS/EXPERIMENT/2026-11-22T10-15-30Z/}, and the names of the
 * files in it.
 *
 * @param path absolute
 */
public record RunDirectory(Path path) {

  public RunDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /**
   * Makes the directory of a new run. A second run in the same second gets {@code -2} behind its
   * name, so that no two runs ever share a directory.
   *
   * @param resultsDir of all experiments
   * @param startNs of the run, ns since the Unix epoch
   * @throws CarillonException USAGE if it cannot be made
   */
  public static RunDirectory create(Path resultsDir, String experiment, long startNs) {
    Path path =
        TimedFolder.create(
            experimentFolder(resultsDir, experiment), TimedFolder.name(startNs), "a run directory");
    RunFiles.makeFolder(path.resolve("logs"));
    return new RunDirectory(path);
  }

  /**
   * The directory of a run that exists.
   *
   * @throws CarillonException USAGE if it is not one
   */
  public static RunDirectory open(Path path) {
    RunDirectory run = new RunDirectory(path);
    if (!Files.isRegularFile(run.experimentYaml())) {
      throw new CarillonException(
          ExitCode.USAGE,
          path
              + " is not a run directory: there is no experiment.yaml in it; name a folder such as"
              + " runs/EXPERIMENT/2026-11-22T10-15-30Z.");
    }
    return run;
  }

  /** The folder that holds the runs of one experiment. */
  public static Path experimentFolder(Path resultsDir, String experiment) {
    return resultsDir.toAbsolutePath().normalize().resolve(experiment);
  }

  /** The experiment as resolved; can be run again. */
  public Path experimentYaml() {
    return path.resolve("experiment.yaml");
  }

  /** What the run was and what each of its files holds. */
  public Path manifest() {
    return path.resolve("manifest.json");
  }

  /** One line per node and one for all. */
  public Path results() {
    return path.resolve("results.tsv");
  }

  /** What runs where, kept while the run is under way. */
  public Path state() {
    return path.resolve("state.json");
  }

  /** The events as sent. */
  public Path coordinatorCsv() {
    return path.resolve("coordinator.csv");
  }

  /** The events as one node received them. */
  public Path workerCsv(String node) {
    return path.resolve("worker_" + node + ".csv");
  }

  /** The log of a node, of the coordinator, of the time server, or of deploy itself. */
  public Path log(String name) {
    return path.resolve("logs").resolve(name + ".log");
  }

  /** Where local nodes work while the run is under way. */
  public Path work() {
    return path.resolve("work");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

package org.carillon.core.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.carillon.core.CarillonException;
import org.carillon.core.keys.Complaints;
import org.carillon.core.keys.KeyedFile;
import org.carillon.core.keys.LocalPaths;
import org.carillon.core.keys.Values;

/** Reads an experiment file with its overrides and checks all of it before anything starts. */
public final class ExperimentLoader {

  /** Site settings beside the experiment file, laid over it. */
  public static final String LOCAL_FILE = "local.yaml";

  private ExperimentLoader() {}

  /**
   * An experiment and where it came from.
   *
   * @param experiment as it will run
   * @param resolvedYaml the same as a YAML file that can be run again
   * @param sources the files read, in the order in which they were laid over each other
   */
  public record Loaded(Experiment experiment, String resolvedYaml, List<Path> sources) {
    public Loaded {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Reads the file, lays {@code local.yaml} beside it and then the settings over it.
   *
   * @param file the experiment file
   * @param settings {@code PATH=VALUE} each, as after {@code --set}
   * @param currentDir where a relative {@code run.results_dir} starts
   * @throws CarillonException USAGE, with one line per fault
   */
  public static Loaded load(Path file, List<String> settings, Path currentDir) {
    Complaints complaints = new Complaints("experiment file");
    KeyedFile read = KeyedFile.read(Keys.SCHEMA, file, settings, currentDir, complaints);
    List<String> nodes = read.members("nodes");
    if (nodes.isEmpty()) {
      complaints.add(read.at("nodes"), "nodes", "name at least one node");
    }
    Values values = read.values();
    CrossCheck.check(values, nodes, read.at(), complaints);
    Optional<ReplayedFile> replayed = ReplayedFile.read(values, complaints);
    complaints.throwIfAny();
    if (values.get(WorkloadKeys.KIND) == WorkloadKind.EXEC) {
      Keys.OF_EVENTS.forEach(values::forget);
    }
    drawSeed(values);
    Path results = LocalPaths.resolve(values.get(RunKeys.RESULTS_DIR), currentDir);
    values.put(
        RunKeys.RESULTS_DIR.path(),
        RunKeys.RESULTS_DIR,
        results.toString(),
        values.at(RunKeys.RESULTS_DIR));
    return new Loaded(
        new Assembly(values, nodes, replayed).experiment(), read.resolvedYaml(), read.sources());
  }

  /** What is random in a run is so once, and the same when it is run again. */
  private static void drawSeed(Values values) {
    if (values.find(WorkloadKeys.ARRIVALS).equals(Optional.of(Arrivals.POISSON))
        && values.find(WorkloadKeys.SEED).isEmpty()) {
      values.put(
          WorkloadKeys.SEED.path(),
          WorkloadKeys.SEED,
          (long) new SplittableRandom().nextInt(1, Integer.MAX_VALUE),
          Optional.empty());
    }
  }
}

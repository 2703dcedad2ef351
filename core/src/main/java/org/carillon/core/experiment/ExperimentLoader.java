package org.carillon.core.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

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
    Complaints complaints = new Complaints();
    Path absolute = file.toAbsolutePath().normalize();
    YamlNode.Mapping tree = read(file, absolute.getParent(), complaints);
    List<Path> sources = List.of(file);
    Path local = absolute.resolveSibling(LOCAL_FILE);
    if (Files.exists(local) && !local.equals(absolute)) {
      Path shown = file.resolveSibling(LOCAL_FILE);
      tree = Overrides.lay(read(shown, local.getParent(), complaints), tree);
      sources = List.of(file, shown);
    }
    for (String setting : settings) {
      Optional<YamlNode.Mapping> over = Overrides.ofSetting(setting, complaints);
      if (over.isPresent()) {
        tree = Overrides.lay(LocalPaths.anchor(over.get(), currentDir), tree);
      }
    }
    // After a syntax error half a tree is left: complaints about what it lacks would be noise.
    complaints.throwIfAny();
    TreeCheck.Outcome outcome = new TreeCheck(complaints).check(tree);
    CrossCheck.check(outcome.values(), outcome.nodes(), tree.at(), complaints);
    Values values = outcome.values();
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
        new Assembly(values, outcome.nodes(), replayed).experiment(),
        YamlWriter.write(values.texts(outcome.nodes())),
        sources);
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

  private static YamlNode.Mapping read(Path file, Path folder, Complaints complaints) {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than allowed is enough to see that there is too much, even in /dev/zero.
      content = in.readNBytes(YamlText.SIZE_MAX_BYTES + 1);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read the experiment file " + file + ": " + reason(e) + ".", e);
    }
    Optional<YamlNode> root = YamlText.parse(file.toString(), content, complaints);
    YamlNode.Mapping empty = YamlNode.Mapping.empty(Location.inFile(file.toString(), 1, 1));
    return switch (root.orElse(empty)) {
      case YamlNode.Mapping mapping -> LocalPaths.anchor(mapping, folder);
      case YamlNode.Scalar scalar when scalar.isNull() -> empty;
      case YamlNode.Scalar scalar -> refuse(scalar, complaints, empty);
      case YamlNode.Sequence sequence -> refuse(sequence, complaints, empty);
    };
  }

  private static YamlNode.Mapping refuse(
      YamlNode node, Complaints complaints, YamlNode.Mapping empty) {
    complaints.add(node.at(), "", "an experiment file is a group of keys, not " + node.kind());
    return empty;
  }

  private static String reason(IOException fault) {
    return switch (fault) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      default -> fault.getMessage();
    };
  }
}

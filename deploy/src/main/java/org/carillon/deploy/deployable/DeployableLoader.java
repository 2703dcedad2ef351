package org.carillon.deploy.deployable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.experiment.SshKeys;
import org.carillon.core.keys.Complaints;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;
import org.carillon.core.keys.KeyedFile;
import org.carillon.core.keys.LocalPaths;
import org.carillon.core.keys.Schema;
import org.carillon.core.keys.Values;

/** Reads a deployable with its overrides and checks all of it before anything starts. */
public final class DeployableLoader {

  /** Every key, in the order in which it is written. */
  static final List<Key<?>> KEYS =
      Stream.of(
              DeployableKeys.GROUP,
              SshKeys.GROUP,
              DeployableKeys.SSH_GROUP,
              DeployableKeys.CHANGE_GROUP,
              ServiceKeys.GROUP,
              ValidateKeys.GROUP)
          .map(KeyGroup::keys)
          .<Key<?>>flatMap(List::stream)
          .toList();

  private static final String EXPERIMENT = "an experiment file, which deploy runs by itself";

  static final Schema SCHEMA =
      new Schema(
          "deployable file",
          KEYS,
          Set.of("service", "validate.connectivity"),
          Set.of("validate.tests", "validate.patterns"),
          Set.of(
              "groups",
              "reports",
              "ssh.config",
              "ssh.known_hosts",
              "ssh.identity",
              "release.files",
              "validate.experiment"),
          Optional.empty(),
          Map.of("workload", EXPERIMENT, "nodes", EXPERIMENT));

  private DeployableLoader() {}

  /**
   * A deployable and where it came from.
   *
   * @param resolvedYaml the same as a YAML file with absolute paths and all defaults
   * @param sources the files read
   */
  public record Loaded(Deployable deployable, String resolvedYaml, List<Path> sources) {
    public Loaded {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Reads the file and lays the settings over it.
   *
   * @param settings {@code PATH=VALUE} each, as after {@code --set}
   * @param currentDir where relative paths in the settings start
   * @throws CarillonException USAGE, with one line per fault
   */
  public static Loaded load(Path file, List<String> settings, Path currentDir) {
    Complaints complaints = new Complaints(SCHEMA.subject());
    KeyedFile read = KeyedFile.read(SCHEMA, file, settings, currentDir, complaints);
    Values values = read.values();
    DeployableCheck.check(read, complaints);
    complaints.throwIfAny();
    Path folder = file.toAbsolutePath().normalize().getParent();
    values.put(
        DeployableKeys.REPORTS.path(),
        DeployableKeys.REPORTS,
        LocalPaths.resolve(values.get(DeployableKeys.REPORTS), folder).toString(),
        values.at(DeployableKeys.REPORTS));
    return new Loaded(
        new DeployableAssembly(new Deployable.Source(file, settings), read).deployable(),
        read.resolvedYaml(),
        read.sources());
  }
}

package org.carillon.deploy.validate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.ExperimentLoader;
import org.carillon.deploy.SshConnector;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.ssh.fanout.HostSource;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * A file that names a subject and its hosts: a deployable, or an experiment.
 *
 * @param reports folder of this machine for what is remembered and reported
 * @param connections that closing this ends
 */
public record Target(
    Subject subject, SequencedMap<String, HostSource> hosts, Path reports, Connections connections)
    implements AutoCloseable {

  /** Only an experiment has this key at its top, and it must have it. */
  private static final Pattern EXPERIMENT = Pattern.compile("(?m)^nodes[ \t]*:");

  /** Something to be closed without a fault. */
  public interface Connections extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Reads a file.
   *
   * @param settings {@code PATH=VALUE} each, as after {@code --set}
   * @param limit a node set as after {@code --limit}
   * @param currentDir where relative paths in the settings start
   * @throws CarillonException USAGE with what is wrong with it
   */
  public static Target load(
      Path file, List<String> settings, Optional<String> limit, Path currentDir) {
    return isExperiment(file)
        ? of(ExperimentLoader.load(file, settings, currentDir).experiment(), limit, currentDir)
        : of(Fleet.of(DeployableLoader.load(file, settings, currentDir).deployable(), limit));
  }

  /** Whoever reads it whole complains about the rest. */
  private static boolean isExperiment(Path file) {
    try {
      return Files.size(file) < 1 << 20
          && EXPERIMENT
              .matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
              .find();
    } catch (IOException e) {
      return false;
    }
  }

  private static Target of(Fleet fleet) {
    return new Target(Subject.of(fleet), fleet.hosts(), fleet.deployable().reports(), fleet::close);
  }

  private static Target of(Experiment experiment, Optional<String> limit, Path currentDir) {
    SequencedMap<String, Experiment.HostSpec> specs = Subject.specs(experiment);
    SshConnector connector = new SshConnector(experiment.ssh());
    SequencedMap<String, HostSource> hosts = new LinkedHashMap<>();
    for (String name : chosen(limit, NodeSet.of(specs.keySet()))) {
      hosts.put(name, () -> connector.connect(name, specs.get(name)));
    }
    return new Target(
        Subject.of(experiment), hosts, currentDir.resolve("reports"), connector::close);
  }

  private static List<String> chosen(Optional<String> limit, NodeSet all) {
    if (limit.isEmpty()) {
      return List.copyOf(all.names());
    }
    NodeSet some;
    try {
      some = NodeSet.parse(limit.get());
    } catch (IllegalArgumentException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read the hosts '" + limit.get() + "': " + e.getMessage(), e);
    }
    NodeSet strangers = some.without(all);
    if (!strangers.isEmpty() || some.isEmpty()) {
      throw new CarillonException(
          ExitCode.USAGE,
          "--limit '%s' names %s of the experiment, whose hosts are %s."
              .formatted(limit.get(), some.isEmpty() ? "no host" : strangers + ", no host", all));
    }
    return List.copyOf(some.names());
  }

  /** Where what is remembered of it stands. */
  public Path memory() {
    return reports.resolve("validate-" + subject.name() + ".json");
  }

  @Override
  public void close() {
    connections.close();
  }
}

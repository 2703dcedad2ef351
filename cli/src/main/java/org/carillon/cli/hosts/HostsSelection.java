package org.carillon.cli.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carillon.ssh.fanout.FailedHosts;
import org.carillon.ssh.nodeset.Groups;
import org.carillon.ssh.nodeset.NodeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which hosts. */
final class HostsSelection {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-w", "--hosts"},
      paramLabel = "SET",
      description =
          "The hosts, such as node[001-128,200],login1, @GROUP or [USER@]HOST[:PORT]; may be given"
              + " several times. ! takes away, & keeps what is in both. 'local' is this machine.")
  private List<String> sets = List.of();

  @Option(
      names = {"-x", "--exclude"},
      paramLabel = "SET",
      description = "Without these; may be given several times.")
  private List<String> excluded = List.of();

  @Option(
      names = "--hosts-from",
      paramLabel = "FILE",
      description = "Hosts from a file, one set a line, as --failed-to writes it.")
  private List<Path> files = List.of();

  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description =
          "YAML file in which NAME: SET makes the group @NAME (default: $CARILLON_GROUPS, or"
              + " ~/.config/carillon/groups.yaml).")
  private Path groupsFile;

  /**
   * The hosts, each once, in the order in which they were named.
   *
   * @throws ParameterException with a sentence if there is none, or a set is none
   */
  NodeSet hosts() {
    if (sets.isEmpty() && files.isEmpty()) {
      throw refuse(
          System.getenv("SLURM_JOB_NODELIST") == null
              ? "name hosts with -w, such as -w node[01-16]"
              : "name hosts with -w; those of this job are -w \"$SLURM_JOB_NODELIST\"");
    }
    Groups groups = groups();
    try {
      List<String> names = new ArrayList<>();
      sets.forEach(set -> names.addAll(NodeSet.parse(set, groups).names()));
      files.forEach(file -> names.addAll(FailedHosts.read(file, groups).names()));
      NodeSet hosts = NodeSet.of(names);
      for (String set : excluded) {
        hosts = hosts.without(NodeSet.parse(set, groups));
      }
      return hosts;
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private Groups groups() {
    if (groupsFile != null) {
      return Groups.read(groupsFile);
    }
    String named = System.getenv("CARILLON_GROUPS");
    if (named != null && !named.isEmpty()) {
      return Groups.read(Path.of(named));
    }
    Path usual = Path.of(System.getProperty("user.home"), ".config", "carillon", "groups.yaml");
    return Files.exists(usual) ? Groups.read(usual) : Groups.NONE;
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

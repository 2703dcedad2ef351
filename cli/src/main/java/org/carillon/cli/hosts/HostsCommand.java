package org.carillon.cli.hosts;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.carillon.cli.Executable;
import org.carillon.cli.Version;
import org.carillon.ssh.SshHosts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The executable {@code hosts}. */
@Command(
    name = "hosts",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs a command on many hosts at once, copies files to them, and brings files home, over SSH as"
          + " it is configured for ssh. Hosts that say the same stand together, and every host ends"
          + " in one of five ways: ok, remote exit, timeout, unreachable, authentication.",
      "",
      "Hosts are written as node[001-128,200], @GROUP, or the hostlist of Slurm. docs/hosts.md"
          + " tells more.",
      ""
    },
    footer = {
      "  hosts run -w node[01-32] -- uname -r",
      "  hosts copy -w node[01-32] experiment/ /scratch/ann/",
      "  hosts fetch -w node[01-32] /var/log/app.log logs",
      "  hosts list -w 'node[01-32]!node07'",
      "  In a job of Slurm:",
      "    hosts run -w \"$SLURM_JOB_NODELIST\" -- hostname",
      "  Those that failed, again:",
      "    hosts run -w node[01-32] --failed-to failed -- ./setup",
      "    hosts run --hosts-from failed -- ./setup"
    })
public final class HostsCommand implements Callable<Integer> {

  private static final SequencedMap<String, Class<?>> SUBCOMMANDS = new LinkedHashMap<>();

  static {
    SUBCOMMANDS.put("run", HostsRunCommand.class);
    SUBCOMMANDS.put("copy", HostsCopyCommand.class);
    SUBCOMMANDS.put("fetch", HostsFetchCommand.class);
    SUBCOMMANDS.put("list", HostsListCommand.class);
  }

  private CommandSpec spec;

  /** With all subcommands. */
  public HostsCommand() {}

  /** {@code @gpu} is a group, though a file of that name be there. */
  @Spec
  private void take(CommandSpec commandSpec) {
    spec = commandSpec;
    SUBCOMMANDS.forEach((name, type) -> commandSpec.addSubcommand(name, new CommandLine(type)));
    commandSpec.parser().expandAtFiles(false);
  }

  /** Starts the executable. */
  public static void main(String[] args) {
    if (args.length > 0 && SUBCOMMANDS.containsKey(args[0])) {
      if (SUBCOMMANDS.get(args[0]) != HostsListCommand.class) {
        SshHosts.makeReady();
      }
      Executable.main(alone(args[0]), args);
    } else {
      Executable.main(new HostsCommand(), args);
    }
  }

  /** A subcommand: to model the others, and hosts itself, takes as long as logging in. */
  private static CommandSpec alone(String name) {
    CommandSpec spec = CommandSpec.create().name("hosts");
    spec.addSubcommand(name, new CommandLine(SUBCOMMANDS.get(name)));
    spec.parser().expandAtFiles(false);
    return spec;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: run, copy, fetch or list, as in: hosts list -w n[1-3]");
  }
}

package org.carillon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The executable {@code hosts}. */
@Command(
    name = "hosts",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      HostsRunCommand.class,
      HostsCopyCommand.class,
      HostsFetchCommand.class,
      HostsListCommand.class
    },
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
final class HostsCommand implements Callable<Integer> {

  private CommandSpec spec;

  /** {@code @gpu} is a group, though a file of that name be there. */
  @Spec
  private void take(CommandSpec commandSpec) {
    spec = commandSpec;
    commandSpec.parser().expandAtFiles(false);
  }

  /** Starts the executable. */
  public static void main(String[] args) {
    Executable.main(new HostsCommand(), args);
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: run, copy, fetch or list, as in: hosts list -w n[1-3]");
  }
}

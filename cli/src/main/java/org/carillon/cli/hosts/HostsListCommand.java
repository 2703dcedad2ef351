package org.carillon.cli.hosts;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.carillon.cli.LogOptions;
import org.carillon.cli.Version;
import org.carillon.core.ExitCode;
import org.carillon.ssh.nodeset.NodeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hosts list}: what a set stands for. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints what a set of hosts stands for; connects to nobody.",
    footer = {
      "  hosts list -w 'node[01-32]!node07'",
      "  hosts list --fold -w 'n1 n2 n3'",
      "  for n in $(hosts list -w @gpu); do echo $n; done"
    })
final class HostsListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private HostsSelection selection;
  @Mixin private LogOptions log;

  @Option(names = "--fold", description = "As one short set, such as node[01-06,08-32].")
  private boolean fold;

  @Option(names = "--count", description = "Only how many.")
  private boolean count;

  @Override
  public Integer call() {
    log.apply();
    NodeSet hosts = selection.hosts();
    PrintWriter out = spec.commandLine().getOut();
    if (count) {
      out.println(hosts.size());
    } else if (fold) {
      out.println(hosts);
    } else {
      hosts.names().forEach(out::println);
    }
    out.flush();
    return (hosts.isEmpty() ? ExitCode.NO_DATA : ExitCode.SUCCESS).code();
  }
}

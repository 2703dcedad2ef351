package org.carillon.cli.hosts;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.carillon.cli.Version;
import org.carillon.core.run.RunFiles;
import org.carillon.ssh.copy.Fetch;
import org.carillon.ssh.fanout.HostOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hosts fetch}: files and folders of every host. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Brings files and whole folders of every host home, with their modes and checked by SHA-256,"
          + " into DIR/HOST/. Links inside a folder are left out.",
      ""
    },
    footer = {
      "  hosts fetch -w node[01-32] /var/log/app.log logs",
      "  hosts fetch -w @gpu results/ notes.txt home"
    })
final class HostsFetchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private HostsWork work;

  @Parameters(
      paramLabel = "REMOTE",
      arity = "0..*",
      description = "Files and folders on the hosts, and last DIR on this machine.")
  private List<String> paths = List.of();

  @Override
  public Integer call() {
    if (paths.size() < 2) {
      throw refuse("name REMOTE… and DIR, as in: hosts fetch -w node[01-32] app.log logs");
    }
    work.begin();
    try {
      Path folder = Path.of(paths.getLast());
      Fetch fetch = new Fetch(paths.subList(0, paths.size() - 1), folder, work.deadline());
      RunFiles.makeFolder(folder);
      return work.on("the copy", fetch, HostsFetchCommand::print, spec.commandLine().getOut());
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private static void print(
      Map<String, HostOutcome<Fetch.Result>> outcomes, PrintWriter out, boolean quiet) {
    int leftOut =
        outcomes.values().stream()
            .flatMap(outcome -> outcome.yielded().stream())
            .mapToInt(Fetch.Result::leftOut)
            .sum();
    if (leftOut > 0) {
      System.err.println(leftOut + " links and special files were left out");
    }
    HostsSummary.print(outcomes, quiet);
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

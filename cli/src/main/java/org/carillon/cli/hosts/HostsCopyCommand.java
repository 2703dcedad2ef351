package org.carillon.cli.hosts;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.carillon.cli.Version;
import org.carillon.ssh.copy.Bundle;
import org.carillon.ssh.copy.Delivery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hosts copy}: files and folders to every host. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Copies files and whole folders to every host, with their modes. They are read here once, and on"
          + " each host checked by SHA-256 before they get their names: nobody ever sees half a"
          + " file.",
      "",
      "DEST is a folder, made if need be, if it ends in / or there are several FILEs; otherwise an"
          + " existing folder, or the new name. What a folder of that name already holds stays there,"
          + " except files that are replaced.",
      ""
    },
    footer = {
      "  hosts copy -w node[01-32] experiment/ /scratch/ann/",
      "  hosts copy -w @gpu app.conf etc/app.conf",
      "  hosts copy -w node[01-32] --retries 2 --failed-to failed data.bin data/"
    })
final class HostsCopyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private HostsWork work;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files and folders of this machine, and last DEST on the hosts.")
  private List<String> paths = List.of();

  @Override
  public Integer call() {
    if (paths.size() < 2) {
      throw refuse("name FILE… and DEST, as in: hosts copy -w node[01-32] data.bin data/");
    }
    work.begin();
    List<Path> files = paths.subList(0, paths.size() - 1).stream().map(Path::of).toList();
    try (Bundle bundle = Bundle.of(files)) {
      Delivery delivery =
          new Delivery(bundle, paths.getLast(), work.deadline(), work.silenceOfCopies());
      return work.on(
          "the copy",
          delivery,
          (outcomes, out, quiet) -> HostsSummary.print(outcomes, quiet),
          spec.commandLine().getOut());
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage());
    }
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

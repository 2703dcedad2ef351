package org.carillon.cli.deploy;

import java.util.List;
import java.util.concurrent.Callable;
import org.carillon.cli.Version;
import org.carillon.deploy.release.ReleaseAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deploy resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Finishes a release that was cut off, because deploy or its machine died, or takes it back. What"
          + " is under way stands on the hosts themselves, so any head node that has the file can do"
          + " it.",
      "",
      "To finish it, the files must be those that were being released; hosts where nothing was begun"
          + " get the release, too.",
      ""
    },
    footer = {
      "  deploy resume echo.yaml           finish it everywhere",
      "  deploy resume echo.yaml --undo    back to the state before, where it was begun"
    })
final class ResumeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ChangeOptions options;

  @Option(
      names = "--undo",
      description =
          "Take back what was begun, instead of finishing it; what another host has finished, or may"
              + " have while nobody can look there, only where --limit asks for it.")
  private boolean undo;

  @Option(
      names = "--skip-tests",
      description = "Do not validate after the health window; the report says so.")
  private boolean skipTests;

  @Override
  public Integer call() {
    if (undo && skipTests) {
      throw new ParameterException(
          spec.commandLine(), "--undo makes no tests, so --skip-tests means nothing");
    }
    ReleaseAction.Kind kind = undo ? ReleaseAction.Kind.UNDO : ReleaseAction.Kind.FINISH;
    return new ReleaseRunner(spec, options).run(kind, List.of(), skipTests);
  }
}

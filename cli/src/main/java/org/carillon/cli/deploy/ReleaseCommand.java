package org.carillon.cli.deploy;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carillon.cli.Version;
import org.carillon.core.ExitCode;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.release.ReleaseAction;
import org.carillon.deploy.release.ReleaseDryRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deploy release}. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Brings a release of a service or of files to its hosts: looks whether each host can take it,"
          + " brings what changed, and then, canaries first and batch by batch, backs up, stops, swaps,"
          + " starts, waits until it is healthy, and validates it.",
      "",
      "If more hosts fail than rollout.max_fail, every host that was touched goes back to the state"
          + " before. docs/deploy.md has the guide and a runbook.",
      ""
    },
    footer = {
      "  Look first, then release:",
      "    deploy release echo.yaml --dry-run",
      "    deploy release echo.yaml",
      "  A tenth of the hosts at a time, and one in twenty may fail:",
      "    deploy release echo.yaml --batch 10%% --max-fail 5%%",
      "  From cron:",
      "    deploy release echo.yaml --yes --quiet --wait 10m",
      "  Once more on the hosts where it failed:",
      "    deploy release echo.yaml --only-failed reports/TIME-release-echo/failed-hosts.txt"
    })
final class ReleaseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ChangeOptions options;

  @Option(
      names = "--batch",
      paramLabel = "N|N%",
      description = "How many hosts change at once; overrides rollout.batch.")
  private String batch;

  @Option(
      names = "--canary",
      paramLabel = "N",
      description = "How many hosts change first, alone; overrides rollout.canary.")
  private String canary;

  @Option(
      names = "--max-fail",
      paramLabel = "N|N%",
      description = "With how many failed hosts it still goes on; overrides rollout.max_fail.")
  private String maxFail;

  @Option(names = "--dry-run", description = "Print every step without touching a host.")
  private boolean dryRun;

  @Option(names = "--backup-only", description = "Take a backup on every host, change nothing.")
  private boolean backupOnly;

  @Option(
      names = "--skip-tests",
      description = "Do not validate after the health window; the report says so.")
  private boolean skipTests;

  @Option(
      names = "--resume",
      description = "Go on with a deployment that was cut off; as deploy resume.")
  private boolean resume;

  @Override
  public Integer call() {
    if (backupOnly && (resume || skipTests)) {
      throw new ParameterException(
          spec.commandLine(),
          "--backup-only changes nothing, so --resume and --skip-tests mean nothing");
    }
    if (dryRun && options.json()) {
      throw new ParameterException(
          spec.commandLine(), "--dry-run prints steps for people, so --json means nothing");
    }
    ReleaseAction.Kind kind = ReleaseAction.Kind.RELEASE;
    if (resume) {
      kind = ReleaseAction.Kind.FINISH;
    } else if (backupOnly) {
      kind = ReleaseAction.Kind.BACKUP;
    }
    ReleaseRunner runner = new ReleaseRunner(spec, options);
    List<Optional<String>> given =
        List.of(
            Optional.ofNullable(batch).map(text -> "rollout.batch=" + text),
            Optional.ofNullable(canary).map(text -> "rollout.canary=" + text),
            Optional.ofNullable(maxFail).map(text -> "rollout.max_fail=" + text));
    List<String> settings = given.stream().flatMap(Optional::stream).toList();
    if (!dryRun) {
      return runner.run(kind, settings, skipTests);
    }
    options.startLog();
    DeployableLoader.Loaded loaded = options.load(settings);
    PrintWriter out = spec.commandLine().getOut();
    try (Fleet fleet = options.fleet(loaded)) {
      out.print(ReleaseDryRun.text(loaded, fleet.names(), kind, skipTests));
      out.flush();
    }
    return ExitCode.SUCCESS.code();
  }
}

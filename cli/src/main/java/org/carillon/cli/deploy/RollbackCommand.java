package org.carillon.cli.deploy;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.carillon.cli.Executable;
import org.carillon.cli.Interrupts;
import org.carillon.cli.Version;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.backup.AfterChecks;
import org.carillon.deploy.backup.BackupList;
import org.carillon.deploy.backup.BackupPlan;
import org.carillon.deploy.backup.BackupTable;
import org.carillon.deploy.backup.Goal;
import org.carillon.deploy.backup.ReleaseChecks;
import org.carillon.deploy.backup.Rollback;
import org.carillon.deploy.backup.RollbackPlan;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.ActionKind;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.records.ActionReport;
import org.carillon.deploy.records.ActionRequest;
import org.carillon.deploy.records.DeployLock;
import org.carillon.deploy.records.HostTable;
import org.carillon.deploy.records.ReportJson;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.Tally;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The executable {@code rollback}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Brings the hosts of a deployable back to a backup: checks that it is whole, stops the service,"
          + " backs up what is there now, puts the files in place, reads them back, starts the"
          + " service, and looks whether all is well, as after a release. Nothing of the release"
          + " that is replaced is needed.",
      "",
      "What fails on a host before its files are in place leaves there what was there, running."
          + " Every rollback can itself be undone, by the ID that it prints at its end."
          + " docs/rollback.md tells what to do at three in the morning.",
      ""
    },
    footer = {
      "  Look what there is, and what would be done:",
      "    rollback echo.yaml --list",
      "    rollback echo.yaml --to last-good --dry-run",
      "  Go back to the last release that was good:",
      "    rollback echo.yaml --to last-good",
      "  From cron:",
      "    rollback echo.yaml --to last-good --yes --quiet --wait 10m",
      "  On two hosts only, to one backup, without a question:",
      "    rollback echo.yaml --to 2026-11-22T10-15-30Z-3fa1 --limit bell[1-2] --yes"
    })
public final class RollbackCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger("rollback");

  @Spec private CommandSpec spec;

  @Mixin private ChangeOptions options;

  @Option(names = "--list", description = "Show the backups of every host; changes nothing.")
  private boolean list;

  @Option(
      names = "--to",
      paramLabel = "BACKUP",
      description =
          "What to go back to: last-good (the release that was good before the newest one), previous"
              + " (the newest backup of another release than the one in use), or the ID of a"
              + " backup.")
  private String to;

  @Option(
      names = "--dry-run",
      description = "Read the backups, show what would be done on each host, and end.")
  private boolean dryRun;

  /** Starts the executable. */
  public static void main(String[] args) {
    Executable.main(new RollbackCommand(), args);
  }

  @Override
  public Integer call() {
    if (list == (to != null)) {
      throw refuse(
          list
              ? "--list shows what there is and --to goes back; use one of them"
              : "say what to go back to, such as --to last-good; --list shows what there is");
    }
    if (list && options.quiet()) {
      throw refuse("--list prints what there is, so --quiet means nothing");
    }
    Optional<Goal> goal = goal();
    options.startLog();
    DeployableLoader.Loaded loaded = options.load(List.of());
    ClockSource clock = new SystemClock();
    Cancellation cancellation = new Cancellation();
    try (Fleet fleet = options.fleet(loaded)) {
      BackupPlan plan = BackupPlan.of(loaded.deployable(), loaded.resolvedYaml());
      Rollback rollback = new Rollback(fleet, plan, clock, cancellation);
      Interrupts.onFirst(
          "finishing the hosts that were begun",
          cancellation::request,
          () ->
              list || dryRun
                  ? "ended at once; nothing was changed"
                  : "ended at once; see deploy history, and run it again: "
                      + fleet.command("rollback", "--to", to));
      LOG.info("asks {} what is there; a host that is down is tried twice", fleet.names());
      SequencedMap<String, HostOutcome<BackupList>> seen = rollback.look();
      if (goal.isEmpty()) {
        print(
            options.json()
                ? BackupTable.json(seen)
                : BackupTable.text(
                    seen,
                    fleet.command("deploy resume"),
                    to -> fleet.command("rollback", "--to", to)));
        return Tally.exitCode(seen.values()).code();
      }
      RollbackPlan todo = Rollback.plan(goal.get(), seen);
      if (dryRun) {
        RollbackPlan verified = rollback.verified(todo);
        return print(
            verified.exitCode(),
            options.json() ? BackupTable.json(verified) : BackupTable.text(verified));
      }
      return run(fleet, rollback, todo, clock, cancellation);
    }
  }

  private int run(
      Fleet fleet,
      Rollback rollback,
      RollbackPlan todo,
      ClockSource clock,
      Cancellation cancellation) {
    if (todo.restores() && !options.yes()) {
      System.err.print(BackupTable.text(todo));
      Confirmation.require(false, "Go back to " + todo.goal() + "?");
    }
    Deployable deployable = fleet.deployable();
    AfterChecks checks = new ReleaseChecks(fleet, clock, cancellation);
    ActionRequest request = new ActionRequest(ActionKind.ROLLBACK, deployable.name(), arguments());
    try (DeployLock lock =
            DeployLock.take(
                deployable.reports(),
                deployable.name(),
                "rollback of " + deployable.name(),
                options.locks(),
                clock,
                LOG::warn);
        ActionRecord record = ActionRecord.begin(deployable.reports(), request, clock)) {
      ActionReport report = rollback.run(todo, lock, record, checks, lock.holder().who());
      return print(
          report.exitCode(),
          options.json() ? ReportJson.text(report) : HostTable.text(report, record.folder()));
    }
  }

  private Optional<Goal> goal() {
    try {
      return Optional.ofNullable(to).map(Goal::parse);
    } catch (IllegalArgumentException e) {
      throw refuse("--to: " + e.getMessage());
    }
  }

  private List<String> arguments() {
    List<String> words = new java.util.ArrayList<>(List.of("rollback"));
    words.addAll(spec.commandLine().getParseResult().originalArgs());
    return words;
  }

  /** Prints it unless all is well and nobody wants to hear that. Returns the exit code. */
  private int print(ExitCode exitCode, String text) {
    if (exitCode != ExitCode.SUCCESS || !options.quiet()) {
      print(text);
    }
    return exitCode.code();
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

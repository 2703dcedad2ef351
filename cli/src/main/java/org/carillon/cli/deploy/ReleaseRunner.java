package org.carillon.cli.deploy;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.cli.Interrupts;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.DeployableLoader;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.ActionReport;
import org.carillon.deploy.records.ReportJson;
import org.carillon.deploy.release.ReleaseAction;
import org.carillon.deploy.release.ReleaseQuestion;
import org.carillon.deploy.validate.ReleaseProof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one of the actions on a deployable, and prints what it came to. */
final class ReleaseRunner {
  private static final Logger LOG = LoggerFactory.getLogger("deploy");

  private final CommandSpec spec;
  private final ChangeOptions options;

  ReleaseRunner(CommandSpec spec, ChangeOptions options) {
    this.spec = spec;
    this.options = options;
  }

  int run(ReleaseAction.Kind kind, List<String> settings, boolean skipTests) {
    options.startLog();
    DeployableLoader.Loaded loaded = options.load(settings);
    ClockSource clock = new SystemClock();
    Cancellation cancellation = new Cancellation();
    try (Fleet fleet = options.fleet(loaded)) {
      Confirmation.require(
          options.yes() || kind == ReleaseAction.Kind.BACKUP, () -> question(kind, fleet));
      Interrupts.onFirst(
          "taking back what was begun", cancellation::request, () -> lastWords(kind, fleet));
      ReleaseAction.Request request =
          new ReleaseAction.Request(
              kind,
              loaded,
              fleet,
              arguments(),
              options.locks(),
              skipTests ? Optional.empty() : Optional.of(new ReleaseProof(clock, cancellation)));
      return print(ReleaseAction.run(request, clock, cancellation), skipTests, fleet);
    }
  }

  private static String lastWords(ReleaseAction.Kind kind, Fleet fleet) {
    String left = "ended at once, and hosts may be left in the middle: ";
    return switch (kind) {
      case BACKUP -> "ended at once; nothing that is in use was changed";
      case RELEASE, FINISH -> left + fleet.command("deploy resume");
      case UNDO -> left + fleet.command("deploy resume", "--undo");
    };
  }

  private static String question(ReleaseAction.Kind kind, Fleet fleet) {
    String hosts = fleet.names() + " (" + fleet.names().size() + ")";
    String name = fleet.deployable().name();
    return switch (kind) {
      case RELEASE -> ReleaseQuestion.text(fleet);
      case BACKUP -> "Back up " + name + " on " + hosts + "?";
      case FINISH -> "Finish what is under way with " + name + " on " + hosts + "?";
      case UNDO -> "Take back what is under way with " + name + " on " + hosts + "?";
    };
  }

  private List<String> arguments() {
    List<String> words = new ArrayList<>(List.of("deploy"));
    words.addAll(spec.commandLine().getParseResult().originalArgs());
    return words;
  }

  private int print(ReleaseAction.Result result, boolean skippedTests, Fleet fleet) {
    PrintWriter out = spec.commandLine().getOut();
    boolean good = result.exitCode() == ExitCode.SUCCESS;
    int code = result.exitCode().code();
    boolean tells = !good || !options.quiet();
    if (tells && options.json()) {
      out.print(ReportJson.text(result.report()));
      out.flush();
    } else if (tells) {
      out.println(result.table());
      out.println();
      out.flush();
    }
    if (!good) {
      LOG.error(
          "{} (exit code {}: {})",
          result.sentence(),
          code,
          ActionReport.meaning(result.exitCode()));
    }
    if (skippedTests) {
      LOG.warn(
          "NOT CHECKED: the tests were skipped, so nobody looked whether it does its work; {} makes"
              + " them",
          fleet.command("validate"));
    }
    if (!tells || options.json()) {
      return code;
    }
    if (good) {
      out.println(result.sentence());
    }
    if (!fleet.isWhole()) {
      out.println(
          "Only " + fleet.names() + " was looked at; other hosts may have another release.");
    }
    out.println("Report: " + result.folder());
    out.flush();
    return code;
  }
}

package org.carillon.cli.deploy;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.carillon.cli.Converters;
import org.carillon.cli.Executable;
import org.carillon.cli.LogOptions;
import org.carillon.cli.Terminal;
import org.carillon.cli.Version;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.deploy.validate.CheckName;
import org.carillon.deploy.validate.NagiosText;
import org.carillon.deploy.validate.Patrol;
import org.carillon.deploy.validate.ReportJson;
import org.carillon.deploy.validate.ReportText;
import org.carillon.deploy.validate.Since;
import org.carillon.deploy.validate.Target;
import org.carillon.deploy.validate.ValidationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The executable {@code validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Says whether all is well with a deployable on its hosts: the service, its versions, tests,"
          + " logs, processors, memory, disk, open files and their trend, response times, ports,"
          + " clocks, the ways between every two hosts, and a short experiment. Of an experiment file,"
          + " its hosts are looked at.",
      "",
      "Each check passes, warns, fails or is unknown, with a sentence and what to do; what could not"
          + " be measured is no pass. Only reads, but for what the tests and the experiment do."
          + " docs/validate.md has every check.",
      ""
    },
    footer = {
      "  Is all well? And what exactly was looked at?",
      "    validate echo.yaml",
      "    validate echo.yaml --all",
      "  Two checks on some hosts, of the last ten minutes:",
      "    validate echo.yaml --limit bell[1-3] --check health,patterns --since 10m",
      "  Every minute, a line per change; a trouble must last for two minutes to be told:",
      "    validate echo.yaml --continuous 60s --hold 2m --keep-failing 5m",
      "  For Nagios and its kin, and from cron:",
      "    validate echo.yaml --nagios",
      "    validate echo.yaml --quiet || echo trouble",
      "  What did the last one find?",
      "    validate echo.yaml --report-only",
      "  Can these hosts run the experiment?",
      "    validate examples/lab.yaml"
    })
public final class ValidateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private FileChoice file;

  @Mixin private HostChoice choice;

  @Option(
      names = "--check",
      paramLabel = "NAME",
      description =
          "Only these checks, separated by commas, of reachable, health, response, versions, tests,"
              + " patterns, cpu, memory, disk, open_files, ports, clocks, connectivity and"
              + " experiment (default: all that the file has something for).")
  private String check;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "From when on lines of logs count: how long ago, such as 10m, or a time such as"
              + " 2026-11-22T10:00:00Z (default: ${DEFAULT-VALUE}).")
  private String since = "1d";

  @Option(
      names = "--continuous",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "Again and again, so often; Ctrl-C ends it. The experiment is left out unless --check"
              + " names it.")
  private Duration continuous;

  @Option(
      names = "--hold",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How long a check must fail before that is told (default: 0s).")
  private Duration hold = Duration.ZERO;

  @Option(
      names = "--keep-failing",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How long it must pass again before that is told (default: 0s).")
  private Duration keepFailing = Duration.ZERO;

  @Option(
      names = "--report-only",
      description = "Look at nothing: print what the last validation found.")
  private boolean reportOnly;

  @Option(names = "--all", description = "Show what has passed, too.")
  private boolean all;

  @Option(
      names = "--json",
      description = "Print one JSON document, or with --continuous one line of it per change.")
  private boolean json;

  @Option(
      names = "--nagios",
      description =
          "Print one line with performance data, and end with 0, 1, 2 or 3 as Nagios takes it;"
              + " implies --no-report.")
  private boolean nagios;

  @Option(
      names = "--no-report",
      description =
          "Write no folder of a report and no line of the history; what the last validation found is"
              + " remembered all the same.")
  private boolean noReport;

  @Option(names = "--quiet", description = "Print nothing unless something is wrong; for cron.")
  private boolean quiet;

  @Mixin private LogOptions log;

  /** Starts the executable. */
  public static void main(String[] args) {
    Executable.main(new ValidateCommand(), args);
  }

  @Override
  public Integer call() {
    refuseWhatHasNoEffect();
    Optional<Set<CheckName>> checks = Optional.ofNullable(check).map(this::checks);
    Since from = from();
    log.applyQuietly();
    try (Target target = Target.load(file.file(), file.settings(), choice.limit(), Path.of(""))) {
      ValidateWork work = new ValidateWork(target, checks, from, arguments());
      if (reportOnly) {
        return print(work.last());
      }
      boolean keepsReport = !noReport && !nagios;
      return continuous == null
          ? print(work.once(keepsReport))
          : work.goOn(
              new Patrol.Settings(continuous, hold, keepFailing),
              keepsReport,
              this::print,
              json,
              out());
    } catch (CarillonException e) {
      if (!nagios) {
        throw e;
      }
      out().print(NagiosText.unknown(String.valueOf(file.file().getFileName()), e.getMessage()));
      out().flush();
      return NagiosText.Status.UNKNOWN.exitCode();
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** What Executable knows this process by, and what it was given. */
  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(spec.name()));
    arguments.addAll(spec.commandLine().getParseResult().originalArgs());
    return arguments;
  }

  /** Prints it as asked, and returns the exit code. */
  private int print(ValidationReport report) {
    int code = nagios ? NagiosText.status(report).exitCode() : report.exitCode().code();
    if (!quiet || code != ExitCode.SUCCESS.code()) {
      out()
          .print(
              nagios
                  ? NagiosText.text(report)
                  : json
                      ? ReportJson.text(report)
                      : ReportText.text(report, all, Terminal.outputColumns()));
      out().flush();
    }
    return code;
  }

  private Set<CheckName> checks(String names) {
    try {
      return CheckName.parse(names);
    } catch (IllegalArgumentException e) {
      throw refuse("--check: " + e.getMessage());
    }
  }

  private Since from() {
    try {
      return Since.parse(since, ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw refuse("--since: " + e.getMessage());
    }
  }

  private void refuseWhatHasNoEffect() {
    if (continuous == null && (isSet("--hold") || isSet("--keep-failing"))) {
      throw refuse("--hold and --keep-failing have no effect without --continuous");
    }
    if (continuous != null && continuous.compareTo(Duration.ofSeconds(1)) < 0) {
      throw refuse("--continuous takes a duration of 1s or more");
    }
    if (continuous != null && (nagios || reportOnly)) {
      throw refuse("--continuous goes neither with --nagios nor with --report-only");
    }
    if (nagios && json) {
      throw refuse("--nagios and --json exclude each other");
    }
    if (reportOnly
        && (isSet("--check") || isSet("--since") || isSet("--limit") || isSet("--only-failed"))) {
      throw refuse(
          "--report-only looks at nothing, so --check, --since, --limit and --only-failed mean nothing");
    }
  }

  private boolean isSet(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ParameterException refuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

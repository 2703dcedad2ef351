package org.carillon.cli.deploy;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carillon.cli.Converters;
import org.carillon.cli.LogOptions;
import org.carillon.cli.Version;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.records.History;
import org.carillon.deploy.records.HistoryEntry;
import org.carillon.deploy.records.HistoryLine;
import org.carillon.deploy.records.HistoryText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deploy history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "  deploy history echo.yaml",
      "  deploy history echo.yaml --since 7d --limit 0 --all",
      "  deploy history echo.yaml --json"
    },
    description =
        "Shows what was done to a deployable, by whom, and what came of it; the newest last. Each"
            + " begins with the name of a folder beside it, with report.md, report.json, the log and"
            + " the steps. FILE.yaml may also be the folder of the reports.")
final class HistoryCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger("deploy");

  @Spec private CommandSpec spec;

  @Mixin private FileChoice file;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      converter = Converters.OfCount.class,
      description = "The last N lines only; 0 for no limit (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "Only what began within this time, such as 12h or 7d.")
  private Duration since;

  @Option(
      names = "--all",
      description =
          "A line for each validation, also where several that followed each other said the same.")
  private boolean all;

  @Option(names = "--json", description = "Print a JSON array instead of a table; implies --all.")
  private boolean json;

  @Mixin private LogOptions log;

  @Override
  public Integer call() {
    log.apply();
    if (!Files.isDirectory(file.file())) {
      try (Fleet fleet = Fleet.of(file.load(List.of()).deployable(), Optional.empty())) {
        return show(fleet.deployable().reports(), Optional.of(fleet));
      }
    }
    if (!file.settings().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--set means nothing for a folder of reports");
    }
    return show(file.file(), Optional.empty());
  }

  /**
   * Prints it.
   *
   * @param fleet that commands can name; empty if only the folder is known
   */
  private int show(Path reports, Optional<Fleet> fleet) {
    History.Read read = new History(reports).read();
    if (read.unreadable() > 0) {
      LOG.warn(
          "{}: {} lines cannot be read and are left out",
          reports.resolve(History.FILE),
          read.unreadable());
    }
    List<HistoryEntry> recent =
        read.since(since == null ? 0 : new SystemClock().realtimeNs() - since.toNanos());
    List<HistoryLine> lines = all || json ? HistoryLine.each(recent) : HistoryLine.folded(recent);
    List<HistoryLine> chosen =
        limit == 0 || lines.size() <= limit
            ? lines
            : lines.subList(lines.size() - limit, lines.size());
    if (chosen.isEmpty() && !json) {
      throw new CarillonException(
          ExitCode.NO_DATA,
          read.entries().isEmpty()
              ? "nothing is recorded in " + reports + " yet."
              : "nothing is recorded since then; there are %d earlier actions."
                  .formatted(read.entries().size()));
    }
    PrintWriter out = spec.commandLine().getOut();
    HistoryText text = new HistoryText(read.entries(), reports, fleet);
    out.print(
        json ? text.json(chosen.stream().map(HistoryLine::entry).toList()) : text.text(chosen));
    out.flush();
    return (chosen.isEmpty() ? ExitCode.NO_DATA : ExitCode.SUCCESS).code();
  }
}

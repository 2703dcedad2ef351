package org.carillon.deploy.records;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.core.run.TimedFolder;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.Journal;

/**
 * The record of one action from its beginning to its end. What begins without an end, because its
 * process was killed, stands in the history so; one that ends by an exception is closed as a
 * failure.
 */
public final class ActionRecord implements AutoCloseable {
  private final Path reports;
  private final Path folder;
  private final ActionRequest request;
  private final LockHolder by;
  private final ClockSource clock;
  private final long startNs;
  private final StepLog steps;
  private final Journal journal;
  private final List<HostRecord> hosts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean ended;

  private ActionRecord(Path reports, Path folder, ActionRequest request, ClockSource clock) {
    this.reports = reports;
    this.folder = folder;
    this.request = request;
    this.clock = clock;
    startNs = clock.realtimeNs();
    by = LockHolder.ofThisProcess(request.kind().word() + " of " + request.deployable(), clock);
    steps = StepLog.open(folder, clock);
    journal = new Journal(clock, request.kind().executable());
    Path log = folder.resolve(request.kind().word() + ".log");
    RunFiles.publish(log, "");
    journal.keepIn(log);
  }

  /**
   * Makes the folder {@code reports/TIME-KIND-NAME} and writes the first line of the history.
   *
   * @param reports folder; made if need be
   * @throws org.carillon.core.CarillonException USAGE if it cannot be written
   */
  public static ActionRecord begin(Path reports, ActionRequest request, ClockSource clock) {
    String name =
        TimedFolder.name(clock.realtimeNs())
            + "-"
            + request.kind().word()
            + "-"
            + request.deployable();
    Path folder = TimedFolder.create(reports, name, "the folder of a report");
    ActionRecord record = new ActionRecord(reports, folder, request, clock);
    new History(reports)
        .append(record.entry(OptionalLong.empty(), OptionalInt.empty(), "under way"));
    return record;
  }

  /** Its folder, with {@code report.md}, {@code report.json}, {@code steps.jsonl} and the log. */
  public Path folder() {
    return folder;
  }

  /** Where the steps are written as they are taken. */
  public StepLog steps() {
    return steps;
  }

  /** A line for the log and the console. */
  public void info(String line) {
    journal.info(Redactor.text(line));
  }

  /** A line that a user should see even where only what is wrong is shown. */
  public void warn(String line) {
    journal.warn(Redactor.text(line));
  }

  /** A line that says what went wrong. */
  public void error(String line) {
    journal.error(Redactor.text(line));
  }

  /** What it came to on one host; a later word on the same host replaces it. */
  public synchronized void host(HostRecord host) {
    hosts.removeIf(earlier -> earlier.host().equals(host.host()));
    hosts.add(host.redacted());
  }

  /** What a reader of the report must not miss. */
  public synchronized void note(String sentence) {
    notes.add(Redactor.text(sentence));
  }

  /**
   * Writes the report and the last line of the history.
   *
   * @param outcome one sentence
   */
  public synchronized ActionReport end(ExitCode exitCode, String outcome) {
    String said = Redactor.text(outcome);
    long endNs = clock.realtimeNs();
    ended = true;
    ActionReport report =
        new ActionReport(
            folder.getFileName().toString(),
            request,
            by,
            startNs,
            endNs,
            exitCode,
            said,
            notes,
            hosts,
            steps.entries());
    RunFiles.publish(folder.resolve(ReportJson.FILE), ReportJson.text(report));
    RunFiles.publish(folder.resolve("report.md"), ReportText.text(report));
    new History(reports)
        .append(entry(OptionalLong.of(endNs), OptionalInt.of(exitCode.code()), said));
    return report;
  }

  private HistoryEntry entry(OptionalLong endNs, OptionalInt exitCode, String outcome) {
    return new HistoryEntry(
        folder.getFileName().toString(),
        request.kind().word(),
        request.deployable(),
        by.who(),
        exitCode.isEmpty() ? Optional.of(by) : Optional.empty(),
        startNs,
        endNs,
        exitCode,
        outcome,
        versions());
  }

  /** The versions that are current now, the number of hosts behind each if there are several. */
  private String versions() {
    Map<String, Long> counts =
        hosts.stream()
            .filter(host -> !host.now().isEmpty())
            .collect(Collectors.groupingBy(HostRecord::now, TreeMap::new, Collectors.counting()));
    return counts.size() == 1
        ? counts.keySet().iterator().next()
        : counts.entrySet().stream()
            .map(count -> count.getKey() + " (" + count.getValue() + ")")
            .collect(Collectors.joining(", "));
  }

  /** Ends it as a failure if nobody has ended it. */
  @Override
  public synchronized void close() {
    if (!ended) {
      end(ExitCode.INTERNAL, "broke off without an end; see the log.");
    }
    steps.close();
  }
}

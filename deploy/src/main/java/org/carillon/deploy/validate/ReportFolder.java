package org.carillon.deploy.validate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.core.CarillonException;
import org.carillon.core.CheckVerdict;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.records.ActionKind;
import org.carillon.deploy.records.ActionRecord;
import org.carillon.deploy.records.ActionRequest;
import org.carillon.deploy.records.HostRecord;

/** Writes a validation down as an action among the others, with a line in the history. */
public final class ReportFolder implements AutoCloseable {

  private final ActionRecord record;

  private ReportFolder(ActionRecord record) {
    this.record = record;
  }

  /**
   * Begins.
   *
   * @param reports folder
   * @param arguments of the executable, its name first
   * @throws org.carillon.core.CarillonException USAGE if it cannot be written
   */
  public static ReportFolder begin(
      Path reports, String subject, List<String> arguments, ClockSource clock) {
    return new ReportFolder(
        ActionRecord.begin(
            reports, new ActionRequest(ActionKind.VALIDATE, subject, arguments), clock));
  }

  /** What a reader must not miss, such as a change while it went on. */
  public void note(String sentence) {
    record.note(sentence);
  }

  /**
   * Ends with what was found; {@code validation.json} in the folder has all of it.
   *
   * @return the folder
   */
  public Path end(ValidationReport report) {
    report
        .hosts()
        .forEach(
            (host, results) -> {
              String release = report.releases().getOrDefault(host, "");
              record.host(
                  new HostRecord(
                      host, release, release, word(results), report.isGood(host), said(results)));
            });
    report.whole().stream()
        .filter(one -> one.verdict() != CheckVerdict.PASS)
        .forEach(one -> record.note(one.title() + ": " + one.text()));
    RunFiles.publish(record.folder().resolve("validation.json"), ReportJson.text(report));
    record.end(report.exitCode(), ReportText.ending(report) + ".");
    return record.folder();
  }

  /** Ends without a finding; a later {@link #end} replaces that. */
  public void breakOff(CarillonException why) {
    record.end(why.exitCode(), why.getMessage());
  }

  private static String word(List<CheckResult> results) {
    return results.stream()
        .map(CheckResult::verdict)
        .filter(verdict -> verdict != CheckVerdict.PASS)
        .distinct()
        .sorted(java.util.Comparator.comparing(ReportText.WORST_FIRST::indexOf))
        .map(CheckVerdict::text)
        .findFirst()
        .orElse("ok");
  }

  private static String said(List<CheckResult> results) {
    return results.stream()
        .filter(one -> one.verdict() != CheckVerdict.PASS)
        .map(one -> one.title() + ": " + one.text())
        .collect(Collectors.joining("; "));
  }

  /** Ends it as broken off if it has not ended. */
  @Override
  public void close() {
    record.close();
  }
}

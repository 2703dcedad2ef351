package org.carillon.deploy.records;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carillon.core.Table;
import org.carillon.core.time.DurationText;

/** A report at the end of a command: one line per host, and where the rest is. */
public final class HostTable {

  private HostTable() {}

  /**
   * The table, the outcome, and the report's file.
   *
   * @param folder of the action
   */
  public static String text(ActionReport report, Path folder) {
    Table table = new Table("host", "before", "now", "outcome", "took", "");
    for (HostRecord host : report.hosts()) {
      table.row(
          host.host(),
          host.before().isEmpty() ? "-" : host.before(),
          host.now().isEmpty() ? "-" : host.now(),
          host.outcome(),
          took(report, host.host()),
          host.sentence());
    }
    StringBuilder text = new StringBuilder(table.toString());
    report.notes().forEach(note -> text.append("! ").append(note).append('\n'));
    return text.append(report.outcome())
        .append("\nReport: ")
        .append(folder.resolve("report.md"))
        .append('\n')
        .toString();
  }

  private static String took(ActionReport report, String host) {
    List<Long> times =
        report.steps().stream()
            .filter(step -> step.host().equals(host))
            .map(StepEntry::timeNs)
            .toList();
    return times.isEmpty()
        ? "-"
        : DurationText.rounded(Duration.ofNanos(Math.max(0, times.getLast() - times.getFirst())));
  }
}

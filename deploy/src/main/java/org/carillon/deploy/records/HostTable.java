package org.carillon.deploy.records;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.Table;
import org.carillon.core.time.DurationText;
import org.carillon.ssh.fanout.Folding;

/** A report at the end of a command: one line per host, and where the rest is. */
public final class HostTable {

  private HostTable() {}

  /** Longer ones of several hosts stand once, below the table. */
  private static final int SHORT_LENGTH = 40;

  /**
   * The table, what is to be said of several hosts, the outcome, and the report's file.
   *
   * @param folder of the action
   */
  public static String text(ActionReport report, Path folder) {
    Map<String, String> sentences = new LinkedHashMap<>();
    report.hosts().forEach(host -> sentences.put(host.host(), host.sentence()));
    List<Folding.Folded> shared =
        Folding.fold(sentences).stream()
            .filter(one -> one.hosts().size() > 1 && one.text().length() > SHORT_LENGTH)
            .toList();
    Set<String> below =
        shared.stream().map(Folding.Folded::text).collect(Collectors.toUnmodifiableSet());
    Table table = new Table("host", "before", "now", "outcome", "took", "remark");
    for (HostRecord host : report.hosts()) {
      table.row(
          host.host(),
          host.before().isEmpty() ? "-" : host.before(),
          host.now().isEmpty() ? "-" : host.now(),
          host.outcome(),
          took(report, host.host()),
          below.contains(host.sentence()) ? "" : host.sentence());
    }
    StringBuilder text = new StringBuilder(table.toString());
    shared.forEach(one -> text.append(one).append('\n'));
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

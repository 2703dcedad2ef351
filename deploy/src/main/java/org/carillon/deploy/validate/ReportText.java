package org.carillon.deploy.validate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carillon.core.CheckVerdict;
import org.carillon.core.Count;
import org.carillon.core.Table;
import org.carillon.ssh.nodeset.NodeSet;

/** A report for people: hosts of which the same is to be said stand together, the worst first. */
public final class ReportText {

  static final List<CheckVerdict> WORST_FIRST =
      List.of(CheckVerdict.FAIL, CheckVerdict.UNKNOWN, CheckVerdict.WARN, CheckVerdict.PASS);

  private ReportText() {}

  /** A line of the table. */
  private record Line(CheckVerdict verdict, CheckName name, String title, String text) {}

  /**
   * The report, with a line feed at its end.
   *
   * @param withPassed whether what has passed is shown line by line, too
   */
  public static String text(ValidationReport report, boolean withPassed) {
    StringBuilder text = new StringBuilder();
    text.append(title(report)).append('\n');
    Map<Line, List<String>> hosts = new LinkedHashMap<>();
    report
        .hosts()
        .forEach(
            (host, results) ->
                results.stream()
                    .filter(one -> withPassed || one.verdict() != CheckVerdict.PASS)
                    .forEach(
                        one ->
                            hosts.computeIfAbsent(line(one), key -> new ArrayList<>()).add(host)));
    report.whole().stream()
        .filter(one -> withPassed || one.verdict() != CheckVerdict.PASS)
        .forEach(one -> hosts.computeIfAbsent(line(one), key -> new ArrayList<>()));
    if (!hosts.isEmpty()) {
      Table table = new Table("verdict", "check", "hosts", "finding");
      hosts.entrySet().stream()
          .sorted(
              Map.Entry.comparingByKey(
                  Comparator.comparing((Line line) -> WORST_FIRST.indexOf(line.verdict()))
                      .thenComparing(Line::name)))
          .forEach(
              entry ->
                  table.row(
                      entry.getKey().verdict().name(),
                      entry.getKey().title(),
                      who(entry.getValue()),
                      entry.getKey().text()));
      text.append('\n').append(table).append('\n');
    }
    return text.append(ending(report)).append('\n').toString();
  }

  private static Line line(CheckResult result) {
    return new Line(result.verdict(), result.check(), result.title(), result.text());
  }

  private static String title(ValidationReport report) {
    return "%s on %s, %s"
        .formatted(report.subject(), Count.of(report.hosts().size(), "host"), when(report.at()));
  }

  private static String when(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  private static String who(List<String> hosts) {
    return hosts.isEmpty()
        ? Alarms.ALL
        : hosts.size() == 1 ? hosts.getFirst() : NodeSet.of(hosts) + " (" + hosts.size() + ")";
  }

  /** How it ended, in a sentence: {@code 126 of 128 hosts are well; exit code 2: …}. */
  public static String ending(ValidationReport report) {
    long good = report.hosts().size() - report.badHosts().size();
    String hosts =
        good == report.hosts().size()
            ? Count.of(good, "host") + ": ok"
            : "%d of %s %s ok; %s %s not"
                .formatted(
                    good,
                    Count.of(report.hosts().size(), "host"),
                    good == 1 ? "is" : "are",
                    NodeSet.of(report.badHosts()),
                    report.badHosts().size() == 1 ? "is" : "are");
    return String.format(
        Locale.ROOT,
        "%s (exit code %d: %s)",
        hosts,
        report.exitCode().code(),
        report.exitCode().meaning());
  }
}

package org.carillon.deploy.validate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.core.CheckVerdict;
import org.carillon.core.Count;
import org.carillon.core.Table;
import org.carillon.core.Wrapped;
import org.carillon.ssh.nodeset.NodeSet;

/** A report for people: hosts of which the same is to be said stand together, the worst first. */
public final class ReportText {

  static final List<CheckVerdict> WORST_FIRST =
      List.of(CheckVerdict.FAIL, CheckVerdict.UNKNOWN, CheckVerdict.WARN, CheckVerdict.PASS);

  private ReportText() {}

  /** A line of the table, which hosts share whose texts are of one form. */
  private record Line(CheckVerdict verdict, CheckName name, String title, String form) {}

  /** What is said of these hosts. */
  private record Said(List<String> hosts, List<CheckResult> results) {
    Said() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    String text() {
      return Alike.folded(results).text();
    }
  }

  /**
   * The report, with a line feed at its end.
   *
   * @param withPassed whether what has passed is shown line by line, too
   * @param columns a finding with which its line would be longer stands below it, in lines of at
   *     most so many letters
   */
  public static String text(ValidationReport report, boolean withPassed, int columns) {
    StringBuilder text = new StringBuilder();
    text.append(title(report)).append('\n');
    Map<Line, Said> hosts = new LinkedHashMap<>();
    report.hosts().forEach((host, results) -> take(results, withPassed, List.of(host), hosts));
    take(report.whole(), withPassed, List.of(), hosts);
    if (!hosts.isEmpty()) {
      List<Map.Entry<Line, Said>> rows =
          hosts.entrySet().stream()
              .sorted(
                  Map.Entry.comparingByKey(
                      Comparator.comparing((Line line) -> WORST_FIRST.indexOf(line.verdict()))
                          .thenComparing(Line::name)))
              .toList();
      text.append('\n').append(table(rows, columns)).append('\n');
    }
    return text.append(ending(report)).append('\n').toString();
  }

  private static String table(List<Map.Entry<Line, Said>> rows, int columns) {
    Table wide = new Table("verdict", "check", "hosts", "finding");
    Table narrow = new Table("verdict", "check", "hosts");
    rows.forEach(
        row -> {
          Line line = row.getKey();
          String who = who(row.getValue().hosts());
          wide.row(line.verdict().name(), line.title(), who, row.getValue().text());
          narrow.row(line.verdict().name(), line.title(), who);
        });
    List<String> lines = wide.toString().lines().toList();
    List<String> beginnings = narrow.toString().lines().toList();
    StringBuilder text = new StringBuilder(lines.getFirst()).append('\n');
    for (int i = 1; i < lines.size(); i++) {
      text.append(
          lines.get(i).length() <= columns
              ? lines.get(i) + "\n"
              : beginnings.get(i)
                  + "\n"
                  + Wrapped.lines("  ", rows.get(i - 1).getValue().text(), columns));
    }
    return text.toString();
  }

  private static void take(
      List<CheckResult> results, boolean withPassed, List<String> host, Map<Line, Said> lines) {
    for (CheckResult result : results) {
      if (withPassed || result.verdict() != CheckVerdict.PASS) {
        Line line = new Line(result.verdict(), result.check(), result.title(), Alike.form(result));
        Said said = lines.computeIfAbsent(line, key -> new Said());
        said.hosts().addAll(host);
        said.results().add(result);
      }
    }
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

  /**
   * How it ended, in a sentence: {@code 126 of 128 hosts are ok; node[007,041] are not; FAIL
   * experiment (exit code 2: …)}.
   */
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
    String whole =
        report.whole().stream()
            .filter(result -> !result.isGood())
            .map(result -> "; %s %s".formatted(result.verdict(), result.title()))
            .distinct()
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "%s%s (exit code %d: %s)",
        hosts,
        whole,
        report.exitCode().code(),
        report.exitCode().meaning());
  }
}

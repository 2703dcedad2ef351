package org.carillon.ntp.check;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.core.CheckVerdict;
import org.carillon.core.Table;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.KernelClock;

/** A report for people: the servers, what the system says, and a line per check. */
public final class ClockText {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** As wide as the widest verdict, and a blank or two. */
  private static final String MARGIN = "         ";

  private static final int WIDTH_MIN = 40;

  private final boolean coloured;
  private final int width;

  /**
   * @param coloured whether verdicts have a terminal's colours
   * @param width of a line of prose; tables are as wide as they need to be
   */
  public ClockText(boolean coloured, int width) {
    this.coloured = coloured;
    this.width = Math.max(WIDTH_MIN, width);
  }

  /** The report, with a line feed at its end. */
  public String text(ClockReport report) {
    StringBuilder text = new StringBuilder();
    text.append(title(report)).append("\n\n");
    report
        .findings()
        .time()
        .ifPresent(
            time ->
                text.append(servers(time))
                    .append(
                        "Offset: true time minus the system clock; + if the clock is behind.\n\n"));
    text.append(kernel(report.findings().kernel())).append('\n');
    text.append(daemons(report.findings().daemons())).append("\n\n");
    text.append(checks(report.checks())).append('\n');
    return text.append(conclusion(report)).append('\n').toString();
  }

  private static String title(ClockReport report) {
    String what =
        report
            .findings()
            .time()
            .map(ClockText::measuring)
            .orElse("not measured, since no server is named");
    return "System clock of "
        + report.findings().node()
        + ", "
        + WHEN.format(report.at())
        + ": "
        + what;
  }

  private static String measuring(ClockFindings.Measured time) {
    int servers = time.servers().size();
    boolean cutShort = time.measured().compareTo(time.wanted()) < 0;
    return "measured for "
        + DurationText.rounded(time.measured())
        + (cutShort ? " of " + DurationText.rounded(time.wanted()) + " (stopped)" : "")
        + " against "
        + servers
        + (servers == 1 ? " server" : " servers");
  }

  private static String servers(ClockFindings.Measured time) {
    Table table =
        new Table("server", "answers", "offset", "delay, least and median", "stratum", "remark");
    time.servers()
        .forEach(
            server ->
                table.row(
                    server.server(),
                    server.accepted() + "/" + server.asked(),
                    server.best().map(best -> Amounts.offset(best.offset())).orElse("-"),
                    server.best().map(ClockText::delay).orElse("-"),
                    server.best().map(best -> String.valueOf(best.stratum())).orElse("-"),
                    remark(server)));
    return table.toString();
  }

  private static String delay(ServerFindings.Best best) {
    return Amounts.delay(best.delayMinNs()) + ", " + Amounts.delay(best.delayMedianNs());
  }

  private static String remark(ServerFindings server) {
    List<String> remarks = new ArrayList<>();
    if (server.isFalseticker()) {
      remarks.add("not believed");
    }
    server.complaint().ifPresent(remarks::add);
    server
        .best()
        .filter(best -> best.leap() != 0)
        .ifPresent(best -> remarks.add("announces a leap second"));
    return String.join(", ", remarks);
  }

  private static String kernel(Optional<KernelClock> kernel) {
    return "kernel:  "
        + kernel
            .map(
                clock ->
                    clock.isSynchronized()
                        ? "synchronized, off by "
                            + Amounts.duration(clock.estimatedErrorNs())
                            + " by its own guess and "
                            + Amounts.duration(clock.maxErrorNs())
                            + " at most; corrects its counter by "
                            + correction(clock)
                        : "not synchronized; corrects its counter by " + correction(clock))
            .orElse("does not say (no adjtimex)");
  }

  private static String correction(KernelClock clock) {
    return String.format(Locale.ROOT, "%+.3f ppm", clock.correctionPpm());
  }

  private static String daemons(List<TimeDaemon> daemons) {
    return "daemons: "
        + (daemons.isEmpty()
            ? "none seen"
            : daemons.stream()
                .map(one -> one + (one.steers() ? "" : ", not steering"))
                .collect(Collectors.joining("; ")));
  }

  private String checks(List<Check> checks) {
    int nameWidth = checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
    int valueWidth = checks.stream().mapToInt(check -> check.measured().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Check check : checks) {
      String line =
          String.format(
              Locale.ROOT,
              "%-" + nameWidth + "s  %-" + valueWidth + "s  %s",
              check.name(),
              check.measured(),
              check.limit());
      text.append(verdict(check.verdict())).append(line.stripTrailing()).append('\n');
      wrapped(prose(check), width - MARGIN.length())
          .forEach(part -> text.append(MARGIN).append(part).append('\n'));
    }
    return text.toString();
  }

  private static String prose(Check check) {
    return check.sentence() + (check.fix().isEmpty() ? "" : "; " + check.fix());
  }

  private String verdict(CheckVerdict verdict) {
    String word = verdict.name();
    String blanks = " ".repeat(MARGIN.length() - word.length());
    return coloured ? colour(verdict) + word + "\033[0m" + blanks : word + blanks;
  }

  private static String colour(CheckVerdict verdict) {
    return switch (verdict) {
      case PASS -> "\033[32m";
      case WARN -> "\033[33m";
      case FAIL -> "\033[1;31m";
      case UNKNOWN -> "\033[36m";
    };
  }

  private String conclusion(ClockReport report) {
    StringBuilder text = new StringBuilder();
    for (CheckVerdict verdict : CheckVerdict.values()) {
      long count = report.count(verdict);
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(verdict.text());
      }
    }
    return text.append(" (exit code ")
        .append(report.exitCode().code())
        .append(": ")
        .append(report.exitCode().meaning())
        .append(')')
        .toString();
  }

  /** The words of a text in lines of at most so many characters, unless a word is longer. */
  static List<String> wrapped(String prose, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : prose.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}

package org.carillon.ntp.check;

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

  private static final int WIDTH_MIN = 40;

  private final VerdictText verdicts;
  private final int width;

  /**
   * @param coloured whether verdicts have a terminal's colours
   * @param width of a line of prose; tables are as wide as they need to be
   */
  public ClockText(boolean coloured, int width) {
    this.verdicts = new VerdictText(coloured);
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
                        "Offset: true time minus the system clock, + if it is behind; [the edges it lies between].\n\n"));
    text.append(kernel(report.findings().kernel())).append('\n');
    text.append(daemons(report.findings().daemons())).append("\n\n");
    text.append(verdicts.lines(report.checks(), width)).append('\n');
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
        + VerdictText.when(report.at())
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

  private String conclusion(ClockReport report) {
    StringBuilder text = new StringBuilder();
    for (CheckVerdict verdict : CheckVerdict.values()) {
      long count = report.count(verdict);
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(verdict.text());
      }
    }
    return text + " (" + VerdictText.ending(report.exitCode()) + ")";
  }
}

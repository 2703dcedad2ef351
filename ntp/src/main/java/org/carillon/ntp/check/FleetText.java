package org.carillon.ntp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carillon.core.CheckVerdict;
import org.carillon.core.time.DurationText;

/** A report on many hosts for people: a line per host, then the matrix of their differences. */
public final class FleetText {

  private static final String GAP = "  ";
  private static final String HOST = "host";
  private static final String OFFSET = "offset";

  private final VerdictText verdicts;
  private final int width;

  /**
   * @param coloured whether verdicts have a terminal's colours
   * @param width of a line; the matrix is broken into as many blocks of columns as that takes
   */
  public FleetText(boolean coloured, int width) {
    this.verdicts = new VerdictText(coloured);
    this.width = width;
  }

  /** The report, with a line feed at its end. */
  public String text(FleetReport report) {
    StringBuilder text = new StringBuilder();
    text.append(title(report)).append("\n\n");
    text.append(hosts(report)).append('\n');
    if (!report.pairs().isEmpty()) {
      text.append(matrix(report)).append('\n');
    }
    report.difference().ifPresent(check -> text.append(verdicts.lines(List.of(check), width)));
    return text.append(VerdictText.ending(report.exitCode())).append('\n').toString();
  }

  private static String title(FleetReport report) {
    return String.format(
        Locale.ROOT,
        "System clocks of %d %s, %s: measured for %s against %s",
        report.hosts().size(),
        report.hosts().size() == 1 ? "host" : "hosts",
        VerdictText.when(report.at()),
        DurationText.rounded(report.length()),
        report.reference());
  }

  private String hosts(FleetReport report) {
    List<String> names = new ArrayList<>(report.hosts().keySet());
    List<String> offsets =
        new ArrayList<>(report.clocks().values().stream().map(FleetText::offset).toList());
    names.add(HOST);
    offsets.add(OFFSET);
    int nameWidth = VerdictText.widest(names);
    int offsetWidth = VerdictText.widest(offsets);
    StringBuilder text = new StringBuilder();
    text.append(VerdictText.padded(HOST, nameWidth)).append(GAP);
    text.append(VerdictText.padded(OFFSET, offsetWidth)).append(GAP).append("worst check\n");
    report
        .hosts()
        .forEach(
            (name, host) -> {
              text.append(VerdictText.padded(name, nameWidth)).append(GAP);
              switch (host) {
                case FleetReport.Host.Checked(CheckedNode clock) ->
                    text.append(VerdictText.padded(offset(clock), offsetWidth))
                        .append(GAP)
                        .append(worst(clock));
                case FleetReport.Host.Failed(String reason) ->
                    text.append(VerdictText.padded("-", offsetWidth))
                        .append(GAP)
                        .append(verdicts.word(CheckVerdict.UNKNOWN))
                        .append(withoutName(name, reason));
              }
              text.append('\n');
            });
    return text.append(
            "Offset: true time minus the system clock, + if it is behind; [the edges it lies between].\n")
        .toString();
  }

  private static String withoutName(String name, String reason) {
    return reason.startsWith(name + ": ") ? reason.substring(name.length() + 2) : reason;
  }

  private static String offset(CheckedNode clock) {
    return clock.offset().map(Amounts::offset).orElse("-");
  }

  private String worst(CheckedNode clock) {
    return clock
        .worst()
        .map(
            check ->
                verdicts.word(check.verdict())
                    + check.name()
                    + " "
                    + check.measured()
                    + ": "
                    + check.sentence())
        .orElse(verdicts.word(CheckVerdict.PASS).stripTrailing());
  }

  private String matrix(FleetReport report) {
    return "By how much the clock of the row is ahead of the clock of the column"
        + " (! provably too far, ? possibly):\n\n"
        + new MatrixText(
                verdicts,
                List.copyOf(report.clocks().keySet()),
                report.pairs(),
                report.maxDifferenceNs())
            .text(width);
  }
}

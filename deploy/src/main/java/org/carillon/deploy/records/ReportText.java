package org.carillon.deploy.records;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.core.time.DurationText;

/** A report for people: {@code report.md}. */
final class ReportText {

  private ReportText() {}

  static String text(ActionReport report) {
    StringBuilder out = new StringBuilder();
    out.append(
        "# %s of %s\n\n".formatted(report.request().kind().word(), report.request().deployable()));
    out.append(cell(report.outcome())).append("\n\n");
    out.append("| | |\n|---|---|\n");
    row(out, "asked", "`" + String.join(" ", Redactor.words(report.request().arguments())) + "`");
    row(out, "by", report.by().who() + ", process " + report.by().pid());
    row(out, "began", Times.iso(report.startNs()));
    row(out, "ended", Times.iso(report.endNs()));
    row(
        out,
        "exit code",
        report.exitCode().code() + ": " + ActionReport.meaning(report.exitCode()));
    if (!report.notes().isEmpty()) {
      out.append("\n## Not to be missed\n\n");
      report.notes().forEach(note -> out.append("- ").append(cell(note)).append('\n'));
    }
    out.append(
        "\n## What is where now\n\n| host | before | now | outcome | |\n|---|---|---|---|---|\n");
    for (HostRecord host : report.hosts()) {
      row(
          out,
          host.host(),
          orDash(host.before()),
          orDash(host.now()),
          host.outcome(),
          host.sentence());
    }
    if (!report.steps().isEmpty()) { // who only looks does nothing
      out.append(
          "\n## What was done\n\n| host | step | began | took | outcome | |\n|---|---|---|---|---|---|\n");
    }
    for (StepSpan span : StepSpan.of(report.steps())) {
      row(
          out,
          span.host().isEmpty() ? "here" : span.host(),
          span.step(),
          Times.iso(span.beginNs()),
          span.endNs().isPresent() ? took(span) : "-",
          span.outcome(),
          span.detail());
    }
    return out.toString();
  }

  private static String took(StepSpan span) {
    return DurationText.rounded(
        Duration.ofNanos(Math.max(0, span.endNs().getAsLong() - span.beginNs())));
  }

  private static void row(StringBuilder out, String... cells) {
    out.append(
        List.of(cells).stream()
            .map(ReportText::cell)
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static String cell(String text) {
    return text.replace("\n", " ").replace("|", "\\|");
  }
}

package org.carillon.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.control.ControlFindings;
import org.carillon.analysis.control.ControlledRun;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.InputAccount;
import org.carillon.analysis.statistics.Summary;

/** Makes the report of an analysis. */
public final class Report {

  /**
   * A figure of the report.
   *
   * @param title its heading
   * @param caption what it shows and how to read it
   * @param svg an {@code <svg>} element that needs nothing from outside
   */
  public record Figure(String title, String caption, String svg) {}

  private Report() {}

  /**
   * The whole page.
   *
   * @param title the run's name
   * @param summary of its events, which may be none
   * @param control what its coordinator told, if it had a control stream
   * @param version of this program
   */
  public static String html(
      String title,
      Summary summary,
      Optional<ControlledRun> control,
      List<String> findings,
      List<String> warnings,
      List<Figure> figures,
      String version) {
    Html html = new Html();
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.element("title", title + " – clock report");
    html.markup("<style>\n").markup(style()).markup("</style>\n</head>\n<body>\n<main>\n");
    html.markup("<header>").element("p class=\"kind\"", "Clock report").element("h1", title);
    control
        .flatMap(run -> ControlFindings.faults(run.record()))
        .ifPresent(_ -> html.element("p class=\"injected\"", "Faults were injected"));
    html.markup("</header>\n");

    List<String> errors = control.map(run -> run.reconciliation().errors()).orElse(List.of());
    if (!errors.isEmpty()) {
      html.markup("<section class=\"warnings errors\">");
      html.element(
          "h2",
          "The run's records contradict each other: " + Quantity.count(errors.size(), "error"));
      html.list("ul", errors).markup("</section>\n");
    }
    if (!warnings.isEmpty()) {
      html.markup("<section class=\"warnings\">");
      html.element("h2", Quantity.count(warnings.size(), "warning"));
      html.list("ul", warnings).markup("</section>\n");
    }
    html.markup("<section class=\"findings\">").element("h2", "What came out");
    html.list("ul", findings.subList(errors.size(), findings.size())).markup("</section>\n");
    figures(html, figures);
    html.markup("<section>").element("h2", "Numbers");
    if (summary.sent() > 0) {
      new Tables(html, summary).write();
    }
    control.ifPresent(run -> new ControlTables(html, run.record()).write());
    html.markup("</section>\n<section>").element("h2", "Definitions");
    boolean commands = control.map(run -> run.record().isOfCommands()).orElse(false);
    definitions(html, commands ? Definitions.ofCommands() : Definitions.ofEvents());
    html.markup("</section>\n<section>").element("h2", "Provenance");
    if (commands) {
      html.element("p", "Computed by Carillon " + version + " from control.json.");
    } else {
      provenance(html, summary, version);
    }
    return html.markup("</section>\n</main>\n</body>\n</html>\n").toString();
  }

  private static void figures(Html html, List<Figure> figures) {
    if (figures.isEmpty()) {
      return;
    }
    html.markup("<section>").element("h2", "Figures");
    for (Figure figure : figures) {
      html.markup("<figure>\n").element("h3", figure.title()).markup("<div class=\"paper\">");
      html.markup(figure.svg()).markup("</div>\n").element("figcaption", figure.caption());
      html.markup("</figure>\n");
    }
    html.markup("</section>\n");
  }

  private static void definitions(Html html, List<Definitions.Definition> definitions) {
    html.markup("<dl>\n");
    for (Definitions.Definition definition : definitions) {
      html.element("dt", definition.term()).element("dd", definition.meaning());
    }
    html.markup("</dl>\n");
  }

  private static void provenance(Html html, Summary summary, String version) {
    html.element(
        "p",
        "Computed by Carillon "
            + version
            + " from these files; every line of each is accounted for: lines = used + duplicates"
            + " + foreign + torn + refused.");
    html.table(
        "Input files",
        List.of(
            "file",
            "lines",
            "used",
            "duplicates",
            "foreign",
            "torn",
            "refused",
            "columns not used",
            "SHA-256"),
        summary.input().stream().map(Report::provenance).toList());
  }

  private static List<String> provenance(InputAccount account) {
    return List.of(
        account.file().name(),
        Quantity.count(account.file().lines()),
        Quantity.count(account.used()),
        Quantity.count(account.duplicates()),
        Quantity.count(account.foreign()),
        Quantity.count(account.file().torn()),
        Quantity.count(account.file().refused()),
        String.join(", ", account.file().unusedColumns()),
        account.file().sha256());
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

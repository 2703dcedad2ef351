package org.carillon.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.carillon.analysis.diagnosis.Answer;

/** Writes a document as one HTML page that fetches nothing and needs no script. */
public final class HtmlPage {

  /** A table of so many rows is kept on one page of paper. */
  private static final int SHORT = 24;

  /** A text of so many letters is broken into lines. */
  private static final int LONG = 48;

  private final Html html = new Html();
  private boolean inSection;

  private HtmlPage() {}

  /** The page's text. */
  public static String of(Document document) {
    HtmlPage page = new HtmlPage();
    page.head(document);
    document.blocks().forEach(page::block);
    page.endSection();
    return page.html.markup("</main>\n</body>\n</html>\n").toString();
  }

  private void head(Document document) {
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.element("title", document.title() + " – " + lowerCase(document.kind()));
    html.markup("<style>\n").markup(style()).markup("</style>\n</head>\n<body>\n<main>\n");
    html.markup("<header>").element("p class=\"kind\"", document.kind());
    html.element("h1", document.title());
    document.mark().ifPresent(mark -> html.element("p class=\"injected\"", mark));
    html.markup("</header>\n");
  }

  private static String lowerCase(String kind) {
    return Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
  }

  private void block(Block block) {
    switch (block) {
      case Block.Heading(String text) -> {
        section("");
        html.element("h2", text);
      }
      case Block.Paragraph(String text) -> html.element("p", text);
      case Block.Note(String text) -> html.element("p class=\"note\"", text);
      case Block.Bullets(List<String> items) -> html.list("ul", items);
      case Block.Notice notice -> {
        section(notice.isError() ? " class=\"warnings errors\"" : " class=\"warnings\"");
        html.element("h2", notice.title()).list("ul", notice.items());
        endSection();
      }
      case Block.Answers(List<Answer> answers) -> answers(answers);
      case Block.Figure figure -> figure(figure);
      case Block.Terms(List<Block.Term> terms) -> {
        html.markup("<dl>\n");
        terms.forEach(term -> html.element("dt", term.word()).element("dd", term.meaning()));
        html.markup("</dl>\n");
      }
      case Table table -> table(table);
    }
  }

  private void section(String attributes) {
    endSection();
    html.markup("<section").markup(attributes).markup(">");
    inSection = true;
  }

  private void endSection() {
    if (inSection) {
      html.markup("</section>\n");
      inSection = false;
    }
  }

  private void answers(List<Answer> answers) {
    html.markup("<ol class=\"answers\">\n");
    for (Answer answer : answers) {
      String verdict =
          switch (answer.verdict()) {
            case HOLDS -> "holds";
            case DOES_NOT_HOLD -> "fails";
            case CANNOT_BE_TOLD -> "open";
          };
      html.element("li class=\"" + verdict + "\"", answer.sentence());
    }
    html.markup("</ol>\n");
  }

  private void figure(Block.Figure figure) {
    html.markup("<figure>\n").element("h3", figure.title()).markup("<div class=\"paper\">");
    html.markup(figure.svg()).markup("</div>\n").element("figcaption", figure.caption());
    html.markup("</figure>\n");
  }

  /** Scrolls by itself where it is too wide. */
  private void table(Table table) {
    List<List<String>> rows = table.shown();
    html.markup("<div class=\"table")
        .markup(rows.size() <= SHORT ? " short" : "")
        .markup("\"><table><caption>")
        .markup(Html.escaped(table.heading()));
    if (!table.caption().isEmpty()) {
      html.element("span", table.caption());
    }
    html.markup("</caption><thead>");
    BitSet numeric = table.numericColumns();
    row("th scope=\"col\"", numeric, table.headers());
    html.markup("</thead>\n<tbody>\n");
    rows.forEach(row -> row("td", numeric, row));
    html.markup("</tbody></table></div>\n");
  }

  private void row(String element, BitSet numeric, List<String> cells) {
    html.markup("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String kind = numeric.get(column) ? " class=\"n\"" : kind(cell);
      html.element(element + kind, cell);
    }
    html.markup("</tr>\n");
  }

  /** A sentence may be broken into lines, and a long word where paper needs it. */
  private static String kind(String cell) {
    if (cell.length() <= LONG) {
      return "";
    }
    return cell.indexOf(' ') > 0 ? " class=\"long\"" : " class=\"unbroken\"";
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

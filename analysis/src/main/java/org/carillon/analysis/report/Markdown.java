package org.carillon.analysis.report;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.analysis.diagnosis.Answer;

/** Writes a document as Markdown in GitHub's flavour; its figures are the files beside it. */
public final class Markdown {

  /** What means something to Markdown wherever it stands; an underscore only at a word's edge. */
  private static final Pattern SPECIAL =
      Pattern.compile("[\\\\`*\\[\\]~|]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");

  /** What means something at the beginning of a line. */
  private static final Pattern FIRST = Pattern.compile("^([#+=-]|[0-9]+(?=[.)]))");

  private final StringBuilder text = new StringBuilder(1 << 14);

  private Markdown() {}

  /** The document's text, ending in a line feed. */
  public static String of(Document document) {
    Markdown markdown = new Markdown();
    markdown.paragraph("# " + document.kind() + ": " + escaped(document.title()));
    document.mark().ifPresent(mark -> markdown.paragraph("**" + escaped(mark) + "**"));
    document.blocks().forEach(markdown::block);
    return markdown.text.toString().stripTrailing() + "\n";
  }

  private void block(Block block) {
    switch (block) {
      case Block.Heading(String heading) -> paragraph("## " + escaped(heading));
      case Block.Paragraph(String sentences) -> paragraph(line(sentences));
      case Block.Note(String sentences) -> paragraph("*" + escaped(sentences) + "*");
      case Block.Bullets(List<String> items) -> bullets(items);
      case Block.Notice notice -> {
        paragraph("## " + escaped(notice.title()));
        bullets(notice.items());
      }
      case Block.Answers(List<Answer> answers) ->
          paragraph(
              IntStream.range(0, answers.size())
                  .mapToObj(i -> i + 1 + ". " + line(answers.get(i).sentence()))
                  .collect(Collectors.joining("\n")));
      case Block.Figure figure -> figure(figure);
      case Block.Terms(List<Block.Term> terms) ->
          paragraph(
              terms.stream()
                  .map(term -> "- **" + escaped(term.word()) + "**: " + escaped(term.meaning()))
                  .collect(Collectors.joining("\n")));
      case Table table -> table(table);
    }
  }

  private void bullets(List<String> items) {
    paragraph(items.stream().map(item -> "- " + line(item)).collect(Collectors.joining("\n")));
  }

  private void figure(Block.Figure figure) {
    paragraph("### " + escaped(figure.title()));
    figure.file().ifPresent(file -> paragraph("![" + escaped(figure.title()) + "](" + file + ")"));
    paragraph(line(figure.caption()));
  }

  private void table(Table table) {
    paragraph("**" + escaped(table.heading()) + "**");
    if (!table.caption().isEmpty()) {
      paragraph(line(table.caption()));
    }
    BitSet numeric = table.numericColumns();
    row(table.headers());
    text.append('|');
    for (int column = 0; column < table.headers().size(); column++) {
      text.append(numeric.get(column) ? "--:|" : ":--|");
    }
    text.append('\n');
    table.shown().forEach(this::row);
    text.append('\n');
  }

  private void row(List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(escaped(cell)).append(" |"));
    text.append('\n');
  }

  private void paragraph(String markup) {
    text.append(markup).append("\n\n");
  }

  /** A text that begins a line. */
  private static String line(String content) {
    String escaped = escaped(content);
    return FIRST
        .matcher(escaped)
        .replaceFirst(
            first ->
                Character.isDigit(first.group().charAt(0)) ? first.group() + "\\\\" : "\\\\$1");
  }

  /** A text on one line, none of which is taken for markup. */
  static String escaped(String content) {
    String oneLine = content.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return SPECIAL
        .matcher(oneLine.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        .replaceAll("\\\\$0");
  }
}

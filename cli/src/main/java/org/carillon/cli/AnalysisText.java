package org.carillon.cli;

import java.util.List;
import org.carillon.analysis.AnalysisResult;
import org.carillon.core.Wrapped;

/** What an analysis has to say on a terminal: the answer, the warnings, and where to read on. */
public final class AnalysisText {

  private final StringBuilder text = new StringBuilder();
  private final int columns;

  private AnalysisText(int columns) {
    this.columns = columns;
  }

  /** The text, whose sentences are broken into lines of so many letters. */
  static String of(AnalysisResult result, int columns) {
    AnalysisText of = new AnalysisText(columns);
    of.sentences(result.answer(), result.warnings());
    of.text.append("Report:  ").append(result.report()).append('\n');
    of.text.append("Numbers: ").append(result.summary()).append('\n');
    return of.text.toString();
  }

  /** The answer and the warnings alone. */
  public static String of(List<String> answer, List<String> warnings, int columns) {
    AnalysisText of = new AnalysisText(columns);
    of.sentences(answer, warnings);
    return of.text.toString();
  }

  private void sentences(List<String> answer, List<String> warnings) {
    list("Answer", "  - ", answer);
    list("Warnings", "  ! ", warnings);
  }

  private void list(String heading, String mark, List<String> sentences) {
    if (!sentences.isEmpty()) {
      text.append(heading).append('\n');
      sentences.forEach(sentence -> text.append(Wrapped.lines(mark, sentence, columns)));
      text.append('\n');
    }
  }
}

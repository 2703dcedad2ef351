package org.carillon.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.carillon.analysis.control.ControlledRun;
import org.carillon.analysis.diagnosis.Answer;
import org.carillon.analysis.figure.Figure;
import org.carillon.analysis.report.Block;
import org.carillon.analysis.report.Document;
import org.carillon.analysis.report.HtmlPage;
import org.carillon.analysis.report.Latex;
import org.carillon.analysis.report.Markdown;
import org.carillon.analysis.report.Report;
import org.carillon.analysis.report.Table;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.SummaryJson;
import org.carillon.analysis.statistics.Verdict;

/** What is told of one run: as figures, report, tables and numbers. */
record RunReport(
    AnalysisRequest request,
    Summary summary,
    List<Verdict> verdicts,
    Optional<ControlledRun> control,
    List<Answer> answers,
    List<String> findings,
    List<String> warnings,
    List<Figure> figures) {
  private static final int ANSWERS_MAX = 5;

  RunReport {
    verdicts = List.copyOf(verdicts);
    answers = List.copyOf(answers);
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
    figures = List.copyOf(figures);
  }

  /**
   * Writes it.
   *
   * @param reuse whether figures of an earlier analysis stay that would be drawn alike
   */
  AnalysisResult write(Output output, boolean reuse, Consumer<String> progress) {
    progress.accept("drawing figures");
    List<String> told = new ArrayList<>(warnings);
    List<Block.Figure> drawn = List.of();
    Optional<String> problem = FigureFiles.problem();
    if (problem.isPresent()) {
      told.addFirst(problem.get());
    } else {
      drawn = FigureFiles.writeAll(figures, request.formats(), output, reuse);
    }
    progress.accept("writing the report");
    String version = Analysis.version();
    Document report =
        Report.of(
            request.title(), summary, control, answers, verdicts, findings, told, drawn, version);
    Path html = output.write("report.html", HtmlPage.of(report));
    output.write("report.md", Markdown.of(report));
    if (request.latex()) {
      writeLatex(report.tables(), output);
    }
    List<String> answer =
        answers.isEmpty()
            ? findings.stream().limit(ANSWERS_MAX).toList()
            : answers.stream().map(Answer::sentence).toList();
    Path json =
        output.write(
            "statistics/summary.json",
            SummaryJson.write(
                summary,
                verdicts,
                control.map(ControlledRun::json),
                answer,
                findings,
                told,
                version));
    return new AnalysisResult(html, json, answer, findings, told);
  }

  private static void writeLatex(List<Table> tables, Output output) {
    output.remove("statistics/latex/*.tex");
    tables.forEach(
        table -> output.write("statistics/latex/" + table.name() + ".tex", Latex.of(table)));
    output.write("statistics/tables.tex", Latex.of(tables));
  }
}

package org.carillon.analysis.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.analysis.FigureFiles;
import org.carillon.analysis.FigureFormat;
import org.carillon.analysis.Output;
import org.carillon.analysis.figure.Figure;
import org.carillon.analysis.report.Block;
import org.carillon.analysis.report.Document;
import org.carillon.analysis.report.HtmlPage;
import org.carillon.analysis.report.Markdown;

/** Writes the files of a comparison. */
final class ComparisonFiles {

  private ComparisonFiles() {}

  static ComparisonResult write(Compared told, ComparisonRequest request) {
    Output output = Output.in(request.out());
    Optional<String> problem = FigureFiles.problem();
    Compared compared = problem.map(it -> withoutFigure(told, it)).orElse(told);
    Optional<Block.Figure> figure =
        problem.isPresent()
            ? Optional.empty()
            : Optional.of(draw(Trends.of(compared), request.formats(), output));
    Document document = ComparisonDocument.of(compared, figure);
    Path report = output.write("comparison.html", HtmlPage.of(document));
    output.write("comparison.md", Markdown.of(document));
    output.write("comparison.csv", ComparisonCsv.write(compared));
    Path numbers = output.write("comparison.json", ComparisonJson.write(compared));
    return new ComparisonResult(
        report,
        numbers,
        ComparisonText.findings(compared),
        compared.warnings(),
        ComparisonText.table(compared),
        compared.notRead(),
        compared.judged());
  }

  private static Compared withoutFigure(Compared compared, String problem) {
    List<String> warnings = new ArrayList<>(compared.warnings());
    warnings.add(problem);
    return compared.warned(warnings);
  }

  private static Block.Figure draw(Figure figure, Set<FigureFormat> formats, Output output) {
    output.remove("figures/" + figure.name() + ".{csv,png,svg,pdf}");
    return FigureFiles.write(figure, formats, output);
  }
}

package org.carillon.analysis.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.analysis.FigureFormat;
import org.carillon.analysis.Output;
import org.carillon.analysis.figure.Figure;
import org.carillon.analysis.figure.FigureWriter;
import org.carillon.analysis.figure.Typeface;
import org.carillon.analysis.report.Block;
import org.carillon.analysis.report.Document;
import org.carillon.analysis.report.HtmlPage;
import org.carillon.analysis.report.Markdown;

/** Writes the files of a comparison. */
final class ComparisonFiles {

  private ComparisonFiles() {}

  static ComparisonResult write(Compared told, ComparisonRequest request) {
    Output output = Output.in(request.out());
    Compared compared = Typeface.problem().map(it -> withoutFigure(told, it)).orElse(told);
    Optional<Block.Figure> figure =
        Typeface.problem().isPresent()
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
    warnings.add(
        "The figure could not be drawn, because Java finds no font on this machine ("
            + problem
            + "); install fontconfig and a font, or use the distribution's own runtime.");
    return compared.warned(warnings);
  }

  private static Block.Figure draw(Figure figure, Set<FigureFormat> formats, Output output) {
    String svg = FigureWriter.svg(figure);
    output.remove("figures/" + figure.name() + ".{csv,png,svg,pdf}");
    output.write("figures/" + figure.name() + ".csv", figure.points().csv());
    for (FigureFormat format : formats) {
      String name = "figures/" + figure.name() + format.suffix();
      switch (format) {
        case PNG -> output.write(name, FigureWriter.png(figure));
        case SVG -> output.write(name, svg);
        case PDF -> output.write(name, FigureWriter.pdf(figure));
      }
    }
    return new Block.Figure(
        figure.name(),
        figure.title(),
        figure.caption(),
        svg,
        Stream.of(FigureFormat.SVG, FigureFormat.PNG)
            .filter(formats::contains)
            .findFirst()
            .map(format -> "figures/" + figure.name() + format.suffix()));
  }
}

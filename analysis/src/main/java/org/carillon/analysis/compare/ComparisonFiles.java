package org.carillon.analysis.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.Output;
import org.carillon.analysis.report.Document;
import org.carillon.analysis.report.HtmlPage;
import org.carillon.analysis.report.Markdown;

/** Writes the files of a comparison. */
final class ComparisonFiles {

  private ComparisonFiles() {}

  static ComparisonResult write(Compared compared, ComparisonRequest request) {
    Output output = Output.in(request.out());
    List<String> findings = ComparisonText.findings(compared);
    Document document = ComparisonDocument.of(compared, Optional.empty());
    Path report = output.write("comparison.html", HtmlPage.of(document));
    output.write("comparison.md", Markdown.of(document));
    output.write("comparison.csv", ComparisonCsv.write(compared));
    Path numbers = output.write("comparison.json", ComparisonJson.write(compared));
    return new ComparisonResult(
        report,
        numbers,
        findings,
        compared.warnings(),
        ComparisonText.table(compared),
        compared.notRead(),
        compared.judged());
  }
}

package org.carillon.analysis.compare;

import java.nio.file.Path;
import java.util.List;
import org.carillon.analysis.Output;

/** Writes the files of a comparison. */
final class ComparisonFiles {

  private ComparisonFiles() {}

  static ComparisonResult write(Compared compared, ComparisonRequest request) {
    Output output = Output.in(request.out());
    List<String> findings = ComparisonText.findings(compared);
    output.write("comparison.csv", ComparisonCsv.write(compared));
    Path numbers = output.write("comparison.json", ComparisonJson.write(compared));
    return new ComparisonResult(
        numbers,
        numbers,
        findings,
        compared.warnings(),
        ComparisonText.table(compared),
        compared.notRead(),
        compared.judged());
  }
}

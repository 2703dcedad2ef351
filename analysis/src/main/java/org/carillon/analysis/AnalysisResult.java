package org.carillon.analysis;

import java.nio.file.Path;
import java.util.List;

/**
 * What came out.
 *
 * @param report report.html
 * @param summary statistics/summary.json
 * @param answer five sentences at most
 * @param findings what came out, in some detail
 * @param warnings what to know before believing it, most serious first; may be empty
 */
public record AnalysisResult(
    Path report, Path summary, List<String> answer, List<String> findings, List<String> warnings) {
  public AnalysisResult {
    answer = List.copyOf(answer);
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }
}

package org.carillon.analysis;

import java.nio.file.Path;
import java.util.List;

/**
 * What came out.
 *
 * @param report report.html
 * @param summary statistics/summary.json
 * @param findings the answer in a few sentences
 * @param warnings what to know before believing it, most serious first; may be empty
 */
public record AnalysisResult(
    Path report, Path summary, List<String> findings, List<String> warnings) {
  public AnalysisResult {
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }
}

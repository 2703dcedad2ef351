package org.carillon.analysis.compare;

import java.nio.file.Path;
import java.util.List;
import org.carillon.analysis.condition.Judged;

/**
 * What came out.
 *
 * @param report comparison.html
 * @param numbers comparison.json
 * @param findings the answer in a few sentences
 * @param warnings what to know before believing it; may be empty
 * @param table the metrics, a line each, for a terminal
 * @param notRead a sentence about each run that could not be read
 * @param judged the conditions upon the last run
 */
public record ComparisonResult(
    Path report,
    Path numbers,
    List<String> findings,
    List<String> warnings,
    String table,
    List<String> notRead,
    Judged judged) {
  public ComparisonResult {
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
    notRead = List.copyOf(notRead);
  }
}

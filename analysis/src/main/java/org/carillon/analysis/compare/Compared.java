package org.carillon.analysis.compare;

import java.util.List;
import org.carillon.analysis.condition.Judged;

/**
 * All that is to be told of a comparison.
 *
 * @param runs that were read, in the order of their starts
 * @param notRead a sentence about each run that could not be read
 * @param warnings what to know before believing the numbers
 * @param results by metric
 * @param judged the conditions upon the last run
 * @param tolerance a difference up to this share counts as none
 * @param seed of what is random
 * @param version of this program
 */
record Compared(
    List<ComparedRun> runs,
    List<String> notRead,
    List<String> warnings,
    List<MetricResult> results,
    Judged judged,
    double tolerance,
    long seed,
    String version) {

  Compared warned(List<String> more) {
    return new Compared(runs, notRead, more, results, judged, tolerance, seed, version);
  }

  ComparedRun last() {
    return runs.getLast();
  }

  /** The name of the run that a point belongs to. */
  String runOf(Series.Point point) {
    return runs.get(point.run()).name();
  }
}

package org.carillon.analysis.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.carillon.analysis.FigureFormat;
import org.carillon.analysis.condition.Condition;

/**
 * What to compare and what to make of it.
 *
 * @param runs folders of runs, folders of such folders, or summaries; only read
 * @param out where results go; made if need be
 * @param metrics paths of numbers to compare; the usual ones if empty
 * @param tolerance a difference up to this share counts as none; 0 or more
 * @param seed of what is random
 * @param formats of the figure beside the report, which has its own in it
 * @param conditions to judge the last run by
 * @param analyst makes the summaries that are missing
 */
public record ComparisonRequest(
    List<Path> runs,
    Path out,
    List<String> metrics,
    double tolerance,
    long seed,
    Set<FigureFormat> formats,
    List<Condition> conditions,
    Analyst analyst) {

  public ComparisonRequest {
    runs = List.copyOf(runs);
    metrics = metrics.stream().distinct().toList();
    formats = Set.copyOf(formats);
    conditions = List.copyOf(conditions);
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new IllegalArgumentException("a tolerance of " + tolerance + " is not 0 or more");
    }
  }
}

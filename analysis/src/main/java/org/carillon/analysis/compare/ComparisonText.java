package org.carillon.analysis.compare;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.compare.ChangePoints.ChangePoint;
import org.carillon.analysis.compare.MetricResult.LastRun;
import org.carillon.analysis.compare.Verdict.Answer;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.core.Table;

/** Tells a comparison in sentences and lines. */
final class ComparisonText {

  private static final String NONE = "–";

  private ComparisonText() {}

  /** The answer in a few sentences. */
  static List<String> findings(Compared compared) {
    List<String> findings = new ArrayList<>();
    findings.add(what(compared));
    findings.add(
        count("Over all runs", compared.results().stream().map(MetricResult::overall).toList())
            + ".");
    for (MetricResult result : compared.results()) {
      if (result.overall().answer() == Answer.CHANGED) {
        findings.add(change(compared, result));
      }
    }
    List<LastRun> last =
        compared.results().stream().map(MetricResult::last).flatMap(Optional::stream).toList();
    if (!last.isEmpty()) {
      findings.add(
          count(
                  "In the last run, " + compared.last().name() + ", against the earlier ones",
                  last.stream().map(LastRun::verdict).toList())
              + ".");
      for (MetricResult result : compared.results()) {
        result
            .last()
            .filter(it -> it.verdict().answer() == Answer.CHANGED)
            .ifPresent(
                it ->
                    findings.add(
                        result.series().metric().path()
                            + " of the last run differs: "
                            + it.verdict().why()
                            + " after "
                            + Quantity.count(it.earlierN(), "earlier run")
                            + "."));
      }
    }
    return findings;
  }

  private static String what(Compared compared) {
    String first = ComparisonCsv.start(compared.runs().getFirst());
    String last = ComparisonCsv.start(compared.last());
    return Quantity.count(compared.runs().size(), "run")
        + (first.isEmpty() || last.isEmpty() || first.equals(last)
            ? ""
            : " from " + first + " to " + last)
        + (compared.runs().size() == 1 ? " is" : " are")
        + " compared by "
        + Quantity.count(compared.results().size(), "number")
        + " of each.";
  }

  private static String count(String where, List<Verdict> verdicts) {
    StringBuilder sentence = new StringBuilder(where).append(':');
    String separator = " ";
    for (Answer answer : Answer.values()) {
      long n = verdicts.stream().filter(it -> it.answer() == answer).count();
      sentence.append(separator).append(Quantity.count(n)).append(' ').append(answer.words());
      separator = ", ";
    }
    return sentence.toString();
  }

  private static String change(Compared compared, MetricResult result) {
    Metric metric = result.series().metric();
    List<String> steps = new ArrayList<>();
    for (ChangePoint change : result.changes()) {
      steps.add(
          "from "
              + metric.told(change.before())
              + " to "
              + metric.told(change.after())
              + " with "
              + compared.runOf(result.series().points().get(change.index()))
              + " (p = "
              + probability(change)
              + ")");
    }
    return metric.path() + " changed " + String.join(", then ", steps) + ".";
  }

  static String probability(ChangePoint change) {
    return BigDecimal.valueOf(change.pValue())
        .setScale(4, RoundingMode.UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The interval of a median, or a dash. */
  static String interval(MetricResult result) {
    Metric metric = result.series().metric();
    return result
        .interval()
        .map(it -> metric.told(it.low()) + " to " + metric.told(it.high()))
        .orElse(NONE);
  }

  /** The metrics, a line each. */
  static String table(Compared compared) {
    Table table =
        new Table("number", "runs", "median", "95 % interval", "overall", "last", "last run");
    for (MetricResult result : compared.results()) {
      Metric metric = result.series().metric();
      table.row(
          metric.path(),
          result.series().n(),
          metric.told(result.median()),
          interval(result),
          result.overall().answer().words(),
          result.last().map(it -> metric.told(it.value())).orElse(NONE),
          result.last().map(it -> it.verdict().answer().words()).orElse(NONE));
    }
    return table.toString();
  }
}

package org.carillon.analysis.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.carillon.analysis.compare.ChangePoints.ChangePoint;
import org.carillon.analysis.compare.MetricResult.LastRun;
import org.carillon.analysis.condition.Outcome;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.report.Block;
import org.carillon.analysis.report.Document;
import org.carillon.analysis.report.Table;

/** The report of a comparison. */
final class ComparisonDocument {

  private static final String NONE = "–";

  private final Compared compared;
  private final List<Block> blocks = new ArrayList<>();

  private ComparisonDocument(Compared compared) {
    this.compared = compared;
  }

  /**
   * The whole report.
   *
   * @param figure of the trends, if it could be drawn
   */
  static Document of(Compared compared, Optional<Block.Figure> figure) {
    ComparisonDocument document = new ComparisonDocument(compared);
    document.write(figure);
    return new Document("Comparison of runs", document.title(), Optional.empty(), document.blocks);
  }

  private String title() {
    String experiments =
        compared.runs().stream()
            .flatMap(run -> run.experiment().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return (experiments.isEmpty() ? "" : experiments + ": ")
        + Quantity.count(compared.runs().size(), "run")
        + " up to "
        + compared.last().name();
  }

  private void write(Optional<Block.Figure> figure) {
    if (!compared.notRead().isEmpty()) {
      blocks.add(
          new Block.Notice(
              true,
              Quantity.count(compared.notRead().size(), "run") + " could not be read",
              compared.notRead()));
    }
    if (!compared.warnings().isEmpty()) {
      blocks.add(
          new Block.Notice(
              false, Quantity.count(compared.warnings().size(), "warning"), compared.warnings()));
    }
    blocks.add(new Block.Heading("What came out"));
    blocks.add(new Block.Bullets(ComparisonText.findings(compared)));
    if (!compared.judged().outcomes().isEmpty() || !compared.judged().complaints().isEmpty()) {
      blocks.add(new Block.Heading("Conditions upon the last run"));
      List<String> lines = new ArrayList<>();
      compared.judged().outcomes().stream().map(Outcome::line).forEach(lines::add);
      lines.addAll(compared.judged().complaints());
      blocks.add(new Block.Bullets(lines));
    }
    figure.ifPresent(
        it -> {
          blocks.add(new Block.Heading("From run to run"));
          blocks.add(it);
        });
    blocks.add(new Block.Heading("Numbers"));
    blocks.add(numbers());
    changes().ifPresent(blocks::add);
    lastRun().ifPresent(blocks::add);
    blocks.add(runs());
    blocks.add(new Block.Heading("Definitions"));
    blocks.add(definitions());
    blocks.add(new Block.Heading("Provenance"));
    blocks.add(
        new Block.Paragraph(
            "Computed by Carillon "
                + compared.version()
                + " with the seed "
                + compared.seed()
                + "; comparison.json has all numbers, and docs/compare.md the sources of the"
                + " methods."));
  }

  private Table table(String name, String title, List<String> headers, List<List<String>> rows) {
    return Table.of(name, title, headers, rows).from("comparison.json");
  }

  private Table numbers() {
    List<List<String>> rows = new ArrayList<>();
    for (MetricResult result : compared.results()) {
      Metric metric = result.series().metric();
      rows.add(
          List.of(
              metric.path(),
              Quantity.count(result.series().n()),
              metric.told(result.median()),
              ComparisonText.interval(result),
              result.between().map(it -> metric.told(it.iqr())).orElse(NONE),
              result.between().map(it -> metric.told(it.mad())).orElse(NONE),
              told(metric, result.within()),
              result.overall().answer().words(),
              result.overall().why()));
    }
    return table(
            "comparison",
            "Over all runs",
            List.of(
                "number",
                "runs",
                "median",
                "95 % interval",
                "between: IQR",
                "between: MAD",
                "within",
                "level",
                "why"),
            rows)
        .captioned("One number stands for each run; percentiles are never averaged.");
  }

  private Optional<Table> changes() {
    List<List<String>> rows = new ArrayList<>();
    for (MetricResult result : compared.results()) {
      Metric metric = result.series().metric();
      for (ChangePoint change : result.changes()) {
        rows.add(
            List.of(
                metric.path(),
                compared.runOf(result.series().points().get(change.index())),
                metric.told(change.before()),
                metric.told(change.after()),
                ComparisonText.probability(change)));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            table(
                "changes",
                "Changes of level",
                List.of("number", "first run after it", "median before", "median after", "p"),
                rows));
  }

  private Optional<Table> lastRun() {
    List<List<String>> rows = new ArrayList<>();
    for (MetricResult result : compared.results()) {
      Metric metric = result.series().metric();
      if (result.last().isPresent()) {
        LastRun last = result.last().get();
        rows.add(
            List.of(
                metric.path(),
                metric.told(last.value()),
                Quantity.count(last.earlierN()),
                told(metric, last.earlierMedian()),
                last.expected()
                    .map(it -> metric.told(it.low()) + " to " + metric.told(it.high()))
                    .orElse(NONE),
                last.verdict().answer().words(),
                last.verdict().why()));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            table(
                "last_run",
                "The last run, " + compared.last().name() + ", and the earlier ones",
                List.of(
                    "number",
                    "last run",
                    "earlier runs",
                    "their median",
                    "expected",
                    "last",
                    "why"),
                rows));
  }

  private Table runs() {
    return table(
        "runs",
        "Runs",
        List.of("run", "began", "experiment", "workers", "clocks", "version"),
        compared.runs().stream()
            .map(
                run ->
                    List.of(
                        run.name(),
                        ComparisonCsv.start(run).isEmpty() ? NONE : ComparisonCsv.start(run),
                        run.experiment().orElse(NONE),
                        Quantity.count(run.workers()),
                        String.join(", ", run.clocks()),
                        run.version()))
            .toList());
  }

  private static String told(Metric metric, OptionalDouble value) {
    return value.isPresent() ? metric.told(value.getAsDouble()) : NONE;
  }

  private Block.Terms definitions() {
    String tolerance = new Metric("tolerance_rate").told(compared.tolerance());
    return new Block.Terms(
        List.of(
            new Block.Term(
                "Median, 95 % interval",
                "By nearest rank, over the runs; the interval is that of the percentile bootstrap"
                    + " (Efron 1979), of all resamples. It takes "
                    + MedianInterval.FEWEST
                    + " runs."),
            new Block.Term(
                "Between, within",
                "Between the runs: interquartile range and median absolute deviation. Within: the"
                    + " median width of the 95 % intervals that the runs themselves give."),
            new Block.Term(
                "Changes of level",
                "Circular binary segmentation on ranks (Olshen and others 2004) with permutation"
                    + " tests at 1 %: a number that does not change raises an alarm in at most 1 of"
                    + " 100 comparisons. It takes "
                    + ChangePoints.FEWEST
                    + " runs, which are taken for independent."),
            new Block.Term(
                "Expected",
                "Where one more run lies with 95 % after the earlier ones, back to the last change"
                    + " of level, if the numbers are independent and normally distributed (Hahn and Meeker 1991). It takes "
                    + NextRun.FEWEST
                    + " earlier runs."),
            new Block.Term(
                "Did not change",
                "By more than "
                    + tolerance
                    + ", as far as the interval reaches. Where it reaches further, nothing can be"
                    + " told.")));
  }
}

package org.carillon.analysis.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.carillon.analysis.compare.ChangePoints.ChangePoint;
import org.carillon.analysis.compare.Verdict.Answer;
import org.carillon.analysis.figure.Figure;
import org.carillon.analysis.figure.TrendLines;
import org.carillon.analysis.figure.TrendLines.Level;
import org.carillon.analysis.figure.TrendLines.Panel;
import org.carillon.analysis.figure.TrendLines.Point;

/** Draws how numbers went from run to run. */
final class Trends {

  /** More panels no page holds; the table has all. */
  private static final int MOST = 8;

  private Trends() {}

  /** Those that changed first, the others in their order; of the first {@value #MOST} metrics. */
  static Figure of(Compared compared) {
    List<Panel> panels =
        compared.results().stream()
            .sorted(Comparator.comparingInt(Trends::rank))
            .limit(MOST)
            .map(Trends::panel)
            .toList();
    return new TrendLines(
            "How did it go from run to run?", panels, compared.runs().size(), span(compared))
        .figure();
  }

  private static int rank(MetricResult result) {
    boolean lastChanged =
        result.last().filter(last -> last.verdict().answer() == Answer.CHANGED).isPresent();
    return result.overall().answer() == Answer.CHANGED ? 0 : lastChanged ? 1 : 2;
  }

  private static String span(Compared compared) {
    String first = ComparisonCsv.start(compared.runs().getFirst());
    String last = ComparisonCsv.start(compared.last());
    return first.isEmpty() || last.isEmpty() ? "run" : "run, from " + first + " to " + last;
  }

  private static Panel panel(MetricResult result) {
    List<Series.Point> points = result.series().points();
    List<Point> drawn =
        points.stream()
            .map(
                point ->
                    new Point(
                        point.run() + 1,
                        point.value().doubleValue(),
                        point.own().map(it -> it.low()).orElse(point.value()).doubleValue(),
                        point.own().map(it -> it.high()).orElse(point.value()).doubleValue()))
            .toList();
    List<Level> levels = new ArrayList<>();
    int from = 0;
    double median =
        result.changes().isEmpty() ? result.median() : result.changes().getFirst().before();
    for (ChangePoint change : result.changes()) {
      levels.add(new Level(drawn.get(from).run(), drawn.get(change.index() - 1).run(), median));
      from = change.index();
      median = change.after();
    }
    levels.add(new Level(drawn.get(from).run(), drawn.getLast().run(), median));
    return new Panel(
        result.series().metric().path(), kind(result.series().metric()), drawn, levels);
  }

  private static TrendLines.Kind kind(Metric metric) {
    return switch (metric.kind()) {
      case TIME -> TrendLines.Kind.TIME;
      case SHARE -> TrendLines.Kind.SHARE;
      case COUNT -> TrendLines.Kind.COUNT;
    };
  }
}

package org.carillon.analysis.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.quality.AllanDeviation;
import org.carillon.analysis.statistics.quality.MeasuredClock;
import org.carillon.analysis.statistics.quality.Stability;

/**
 * How steady the rates of clocks were against the stretch of time looked at, both axes logarithmic,
 * and what measuring alone would show of a perfect clock.
 *
 * @param measured clocks by node and key
 * @param names of nodes as they are shown
 */
record AllanCurves(
    String title,
    Map<String, Map<String, MeasuredClock>> measured,
    WorkerNames names,
    int width,
    int plotHeight)
    implements Picture {

  private static final double PPB = 1e9;

  private record Line(String node, String clock, Stability stability) {
    /** A clock that never strayed has no place on a logarithmic axis. */
    List<AllanDeviation.Point> points() {
      return stability.deviation().points().stream()
          .filter(point -> point.deviation() > 0)
          .toList();
    }

    /** What is drawn, in parts per billion. */
    DoubleStream ppb() {
      return points().stream()
          .flatMapToDouble(
              point ->
                  DoubleStream.concat(
                      DoubleStream.of(point.low(), point.high()), positive(stability.floor(point))))
          .map(ratio -> ratio * PPB);
    }

    private static DoubleStream positive(OptionalDouble floor) {
      return floor.stream().filter(ratio -> ratio > 0);
    }
  }

  private List<Line> all() {
    List<Line> lines = new ArrayList<>();
    measured.forEach(
        (node, clocks) ->
            clocks.forEach(
                (clock, m) ->
                    m.stability()
                        .known()
                        .map(stability -> new Line(node, clock, stability))
                        .filter(line -> !line.points().isEmpty())
                        .ifPresent(lines::add)));
    return lines;
  }

  private static List<String> nodes(List<Line> lines) {
    Set<String> nodes = new LinkedHashSet<>();
    lines.forEach(line -> nodes.add(line.node()));
    return List.copyOf(nodes);
  }

  /** Those of the first nodes. */
  private List<Line> lines() {
    List<Line> all = all();
    List<String> shown = nodes(all).stream().limit(Traces.MAX_CURVES).toList();
    return all.stream().filter(line -> shown.contains(line.node())).toList();
  }

  /** Whether there is anything to draw. */
  boolean isEmpty() {
    return all().isEmpty();
  }

  private static Optional<Clock> clock(String key) {
    return Arrays.stream(Clock.values()).filter(clock -> clock.key().equals(key)).findFirst();
  }

  private static Color color(String key) {
    return clock(key).map(Style::color).orElse(Style.COUNTER);
  }

  private static Style.Mark mark(String key) {
    return clock(key).map(Style::mark).orElse(Style.Mark.CROSS);
  }

  private Legend legend() {
    List<Line> lines = lines();
    List<Legend.Entry> entries = new ArrayList<>();
    Set<String> clocks = new LinkedHashSet<>();
    lines.forEach(line -> clocks.add(line.clock()));
    for (String key : clocks) {
      entries.add(
          Legend.curve(
              clock(key).map(Clock::title).orElse("free-running counter"), color(key), mark(key)));
    }
    List<String> nodes = nodes(lines);
    for (int i = 0; i < nodes.size(); i++) {
      entries.add(Legend.line(names.shown(nodes.get(i)), Style.QUIET, Style.line(i, 1.6f)));
    }
    entries.add(Legend.line("95 % confidence interval", Style.QUIET, Style.line(0, 0.6f)));
    if (lines.stream().anyMatch(line -> line.stability().noiseNs().isPresent())) {
      entries.add(Legend.line("a perfect clock, so measured", Style.QUIET, Style.line(2, 0.9f)));
    }
    return new Legend(entries, width);
  }

  private int top() {
    return 20 + legend().height() + 8;
  }

  @Override
  public int height() {
    return top() + plotHeight + Axes.FOOT;
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    legend().paint(g, 0, 20);
    List<Line> lines = lines();
    double[] taus =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(AllanDeviation.Point::tauNs)
            .sorted()
            .toArray();
    double[] ppb = lines.stream().flatMapToDouble(Line::ppb).sorted().toArray();
    Plot plot =
        new Plot(
            new Rectangle2D.Double(
                Axes.LEFT, top(), width - Axes.LEFT - Axes.MARGIN_RIGHT, plotHeight),
            LogAxis.of(LogAxis.Labels.NS, taus[0], taus[taus.length - 1], taus[0]),
            LogAxis.of(LogAxis.Labels.PPB, ppb[0], ppb[ppb.length - 1], ppb[0]));
    lines.forEach(line -> add(plot, line, nodes(lines).indexOf(line.node())));
    int all = nodes(all()).size();
    int shown = nodes(lines).size();
    plot.paint(
        g,
        "stretch of time τ, log scale"
            + (all == shown ? "" : "; " + shown + " of " + all + " nodes"),
        // Its labels have their units and take the room of a title, which stands above.
        " ");
  }

  private static void add(Plot plot, Line line, int node) {
    List<AllanDeviation.Point> points = line.points();
    double[] x = points.stream().mapToDouble(AllanDeviation.Point::tauNs).toArray();
    double[] y = points.stream().mapToDouble(point -> point.deviation() * PPB).toArray();
    double[] floor =
        points.stream().mapToDouble(p -> line.stability().floor(p).orElse(0) * PPB).toArray();
    if (x.length > 1) {
      if (floor[0] > 0) {
        plot.straight(x, floor, Style.QUIET, Style.line(2, 0.9f));
      }
      plot.straight(x, y, color(line.clock()), Style.line(node, 1.6f));
    }
    for (int i = 0; i < x.length; i++) {
      double[] ends = {points.get(i).low() * PPB, points.get(i).high() * PPB};
      plot.straight(new double[] {x[i], x[i]}, ends, color(line.clock()), Style.line(0, 0.6f));
      plot.mark(mark(line.clock()), color(line.clock()), x[i], y[i]);
    }
  }

  @Override
  public Points points() {
    Points.Builder points =
        Points.of("node", "clock", "tau_ns", "deviation", "low", "high", "floor", "n");
    for (Line line : lines()) {
      for (AllanDeviation.Point point : line.points()) {
        points.row(
            line.node(),
            line.clock(),
            point.tauNs(),
            point.deviation(),
            point.low(),
            point.high(),
            line.stability().floor(point),
            point.n());
      }
    }
    return points.build();
  }
}

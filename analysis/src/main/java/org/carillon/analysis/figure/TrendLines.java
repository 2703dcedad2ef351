package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.carillon.analysis.statistics.Clock;

/**
 * How numbers of runs went from run to run: a panel for each number, a point for each run, the
 * level between changes as a line.
 *
 * @param title stands above
 * @param panels from top to bottom
 * @param runs how many there are; they count from 1
 * @param span what the horizontal axis tells of them
 */
public record TrendLines(String title, List<Panel> panels, int runs, String span)
    implements Picture {

  /** Whether numbers are times, shares or neither. */
  public enum Kind {
    TIME,
    SHARE,
    COUNT
  }

  /**
   * One number of all runs.
   *
   * @param path its name
   * @param kind what it is; times in ns, shares from 0 to 1
   * @param points at least one
   * @param levels from change to change
   */
  public record Panel(String path, Kind kind, List<Point> points, List<Level> levels) {}

  /**
   * The number of a run.
   *
   * @param run from 1
   * @param low where the interval begins that the run itself gives; the value if it gives none
   * @param high where it ends
   */
  public record Point(int run, double value, double low, double high) {}

  /** The median of the runs from one to another, both included. */
  public record Level(int from, int to, double median) {}

  private static final int WIDTH = Style.COLUMN_WIDTH;
  private static final int RIGHT = 14;
  private static final int HEAD = 20;
  private static final int NAME = 26;
  private static final int PLOT = 92;
  private static final int GAP = 12;
  private static final int LABEL_HEIGHT = 19;
  private static final int MANY_RUNS = 60;
  private static final double DOT = 5;
  private static final double SMALL_DOT = 3;
  private static final int LABEL_WIDTH = 40;
  private static final BasicStroke DASHES =
      new BasicStroke(
          1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {4, 3}, 0);

  /** A figure of it. */
  public Figure figure() {
    return new Figure(
        "trends",
        title,
        "Each point is the number of one run, percentiles too: they are never averaged. A bar upon"
            + " it is the interval of 95 % that the run itself gives, where it gives one. The line is"
            + " the median of the runs between two changes, and a dashed line stands where the level"
            + " changed.",
        this);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  private Legend legend() {
    return new Legend(
        List.of(
            new Legend.Entry("a run", (g, x, y) -> dot(g, Style.QUIET, x + 8, y + 8, DOT)),
            Legend.line("its own 95 % interval", Style.QUIET, new BasicStroke(1f)),
            Legend.line("level (median)", Style.INK, new BasicStroke(2f)),
            Legend.line("change", Style.BAD, DASHES)),
        WIDTH);
  }

  private int top() {
    return HEAD + legend().height() + 6;
  }

  @Override
  public int height() {
    return top() + panels.size() * (NAME + PLOT + GAP) + Axes.FOOT - GAP;
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    legend().paint(g, 0, HEAD);
    double y = top();
    for (Panel panel : panels) {
      Frame frame = frame(panel, y + NAME);
      String unit = frame.axis().unit();
      String heading = panel.path() + (unit.isEmpty() ? "" : " (" + unit + ")");
      Letters.draw(
          g,
          Letters.fit(heading, Style.HEADING, WIDTH),
          0,
          y + 14,
          Letters.Anchor.LEFT,
          Style.HEADING,
          Style.INK);
      paint(g, panel, frame);
      y += NAME + PLOT + GAP;
    }
    horizontalAxis(g, y - GAP);
  }

  /** Where a panel is drawn, and what its height means. */
  private record Frame(Rectangle2D plot, int runs, LinearAxis axis) {

    double x(double run) {
      return plot.getX() + plot.getWidth() * (run - 0.5) / runs;
    }

    double y(double value) {
      return plot.getMaxY() - plot.getHeight() * Math.clamp(axis.at(value), 0, 1);
    }
  }

  private Frame frame(Panel panel, double y) {
    Rectangle2D plot =
        new Rectangle2D.Double(Axes.LEFT, y, WIDTH - (double) Axes.LEFT - RIGHT, PLOT);
    double[] values =
        panel.points().stream()
            .flatMapToDouble(point -> DoubleStream.of(point.low(), point.high(), point.value()))
            .sorted()
            .toArray();
    double least = values[0];
    double most = values[values.length - 1];
    if (panel.kind() == Kind.TIME) {
      // Times that hardly differ are labelled as they are, not as differences from a round one.
      double widened =
          Math.max(0, Math.max(Math.abs(least), Math.abs(most)) / 100 - (most - least));
      return new Frame(
          plot,
          runs,
          LinearAxis.ofNs(Math.round(least - widened / 2), Math.round(most + widened / 2)));
    }
    double unit = panel.kind() == Kind.SHARE ? 0.01 : 1;
    // A number that stays the same needs some height to be drawn in.
    double margin = most > least ? (most - least) * 0.06 : Math.max(Math.abs(most) * 0.1, unit);
    return new Frame(
        plot,
        runs,
        new LinearAxis(
            panel.kind() == Kind.SHARE ? "%" : "",
            unit,
            0,
            (least - margin) / unit,
            (most + margin) / unit));
  }

  private static void paint(Graphics2D g, Panel panel, Frame frame) {
    Rectangle2D plot = frame.plot();
    for (Axis.Tick tick : frame.axis().ticks(plot.getHeight() / LABEL_HEIGHT)) {
      double y = plot.getMaxY() - plot.getHeight() * tick.at();
      line(g, Style.GRID, new BasicStroke(0.8f), plot.getX(), y, plot.getMaxX(), y);
      Letters.draw(
          g, tick.label(), plot.getX() - 8, y + 4, Letters.Anchor.RIGHT, Style.SMALL, Style.INK);
    }
    BasicStroke thin = new BasicStroke(0.8f);
    line(g, Style.QUIET, thin, plot.getX(), plot.getY(), plot.getX(), plot.getMaxY());
    line(g, Style.QUIET, thin, plot.getX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY());
    Color color = color(panel.path());
    for (Point point : panel.points()) {
      double x = frame.x(point.run());
      line(g, color, new BasicStroke(1f), x, frame.y(point.low()), x, frame.y(point.high()));
    }
    levels(g, panel.levels(), frame);
    double size = frame.runs() > MANY_RUNS ? SMALL_DOT : DOT;
    for (Point point : panel.points()) {
      dot(g, color, frame.x(point.run()), frame.y(point.value()), size);
    }
  }

  private static void levels(Graphics2D g, List<Level> levels, Frame frame) {
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      double y = frame.y(level.median());
      double from = frame.x(level.from() - 0.4);
      line(g, Style.INK, new BasicStroke(2f), from, y, frame.x(level.to() + 0.4), y);
      if (i > 0) {
        double x = frame.x((levels.get(i - 1).to() + level.from()) / 2.0);
        line(g, Style.BAD, DASHES, x, frame.plot().getY(), x, frame.plot().getMaxY());
      }
    }
  }

  private void horizontalAxis(Graphics2D g, double y) {
    double across = WIDTH - (double) Axes.LEFT - RIGHT;
    int step = step(across / LABEL_WIDTH);
    for (int run = 1; run <= runs; run = run == 1 && step > 1 ? step : run + step) {
      double x = Axes.LEFT + across * (run - 0.5) / runs;
      line(g, Style.QUIET, new BasicStroke(0.8f), x, y, x, y + 4);
      Letters.draw(
          g, String.valueOf(run), x, y + 18, Letters.Anchor.CENTER, Style.SMALL, Style.INK);
    }
    Letters.draw(
        g,
        Letters.fit(span, Style.SMALL, WIDTH),
        WIDTH / 2.0,
        y + 37,
        Letters.Anchor.CENTER,
        Style.SMALL,
        Style.INK);
  }

  /** 1, 2 or 5 times a power of ten, so that at most so many labels stand side by side. */
  private int step(double most) {
    for (int power = 1; ; power *= 10) {
      for (int factor : new int[] {1, 2, 5}) {
        if (runs / (double) (factor * power) <= most) {
          return factor * power;
        }
      }
    }
  }

  private static Color color(String path) {
    List<String> keys = Arrays.asList(path.split("\\."));
    return Arrays.stream(Clock.values())
        .filter(clock -> keys.contains(clock.key()))
        .map(Style::color)
        .findFirst()
        .orElse(Style.QUIET);
  }

  private static void line(
      Graphics2D g, Color color, BasicStroke stroke, double x1, double y1, double x2, double y2) {
    g.setColor(color);
    g.setStroke(stroke);
    g.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  private static void dot(Graphics2D g, Color color, double x, double y, double size) {
    g.setColor(color);
    g.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
  }

  @Override
  public Points points() {
    Points.Builder table = Points.of("number", "run", "value", "low", "high", "level");
    for (Panel panel : panels) {
      for (Point point : panel.points()) {
        double level =
            panel.levels().stream()
                .filter(it -> it.from() <= point.run() && point.run() <= it.to())
                .mapToDouble(Level::median)
                .findFirst()
                .orElse(point.value());
        table.row(panel.path(), point.run(), point.value(), point.low(), point.high(), level);
      }
    }
    return table.build();
  }
}

package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.CommitWait;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.PerNode;

/**
 * How long a commit must wait at each worker, when an event arrived and some time after: median,
 * 90th and 99th percentile and maximum of the widths, along a logarithmic axis.
 *
 * @param waits by interval clock and worker
 * @param names as they are shown
 */
record CommitWaitBars(
    String title, Map<Clock, PerNode<CommitWait>> waits, WorkerNames names, int width)
    implements Picture {

  /** Of more workers than this, the worst few are shown. */
  private static final int MAX_WORKERS = 6;

  private static final int WORST = 4;

  private static final int ROW = 20;
  private static final int HEADING_ROW = 23;
  private static final int GAP = 8;
  private static final double BAR = 10;
  private static final double POINT = 7;

  private sealed interface Row {
    record Heading(String text) implements Row {}

    record Bar(Clock clock, String worker, long delayNs, Distribution widths) implements Row {
      String name(WorkerNames names) {
        return delayNs == 0 ? names.shown(worker) : Quantity.exact(delayNs) + " later";
      }
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    waits.forEach(
        (clock, perNode) -> {
          Map<String, CommitWait> known = perNode.known();
          List<Map.Entry<String, CommitWait>> shown = List.copyOf(known.entrySet());
          String heading =
              Character.toUpperCase(clock.title().charAt(0)) + clock.title().substring(1);
          if (shown.size() > MAX_WORKERS) {
            shown =
                shown.stream()
                    .sorted(
                        Comparator.comparingLong(
                                (Map.Entry<String, CommitWait> entry) ->
                                    -entry.getValue().atEvent().maxNs().orElse(0))
                            .thenComparing(Map.Entry::getKey))
                    .limit(WORST)
                    .toList();
            heading += ": the longest " + WORST + " of " + known.size() + " workers";
          }
          if (!shown.isEmpty()) {
            rows.add(new Row.Heading(heading));
          }
          for (Map.Entry<String, CommitWait> entry : shown) {
            rows.add(new Row.Bar(clock, entry.getKey(), 0, entry.getValue().atEvent()));
            entry
                .getValue()
                .after()
                .forEach(
                    (delayNs, wait) -> rows.add(new Row.Bar(clock, entry.getKey(), delayNs, wait)));
          }
        });
    return rows;
  }

  private static List<Row.Bar> bars(List<Row> rows) {
    return rows.stream()
        .filter(Row.Bar.class::isInstance)
        .map(Row.Bar.class::cast)
        .filter(bar -> bar.widths().maxNs().isPresent())
        .toList();
  }

  /** Whether there is anything to draw. */
  boolean isEmpty() {
    return bars(rows()).isEmpty();
  }

  private static int rowHeight(Row row) {
    return switch (row) {
      case Row.Heading _ -> HEADING_ROW;
      case Row.Bar _ -> ROW;
    };
  }

  private Legend legend() {
    return new Legend(
        List.of(
            new Legend.Entry("median", (g, x, y) -> dot(g, Style.QUIET, x + 8.5, y + 8)),
            new Legend.Entry(
                "median to 99th percentile", (g, x, y) -> box(g, Style.QUIET, x, x + 17, y + 8)),
            new Legend.Entry(
                "90th percentile", (g, x, y) -> upright(g, Style.QUIET, x + 8.5, y + 8, 1.8f)),
            new Legend.Entry(
                "maximum",
                (g, x, y) -> {
                  level(g, Style.QUIET, x, x + 13, y + 8);
                  upright(g, Style.QUIET, x + 13, y + 8, 1.2f);
                })),
        width);
  }

  private int top() {
    return 20 + legend().height() + 4;
  }

  @Override
  public int height() {
    return top() + rows().stream().mapToInt(CommitWaitBars::rowHeight).sum() + Axes.FOOT;
  }

  @Override
  public void paint(Graphics2D g) {
    List<Row> rows = rows();
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    legend().paint(g, 0, 20);
    double left = Math.ceil(nameWidth(rows));
    double right = Math.floor(width - remarkWidth(rows));
    LogAxis axis = axis(bars(rows));
    Rectangle2D area =
        new Rectangle2D.Double(left, top(), right - left, height() - (double) top() - Axes.FOOT);
    Plot plot = new Plot(area, axis, LinearAxis.of(0, 1));
    plot.paint(g, "width of the interval, log scale" + axis.remark(), "");
    double y = top();
    for (Row row : rows) {
      switch (row) {
        case Row.Heading heading -> {
          // The grid must not run through the words.
          g.setColor(Style.PAPER);
          g.fill(new Rectangle2D.Double(left - 1, y, width - left + 1, HEADING_ROW - 3.0));
          Letters.draw(
              g,
              Letters.fit(heading.text(), Style.HEADING, width - left),
              left,
              y + HEADING_ROW - 8,
              Letters.Anchor.LEFT,
              Style.HEADING,
              Style.QUIET);
        }
        case Row.Bar bar -> {
          double middle = y + ROW / 2.0;
          text(
              g,
              Letters.shorten(bar.name(names), Style.SMALL, left - GAP),
              left - GAP + 2,
              middle,
              Letters.Anchor.RIGHT,
              bar.delayNs() == 0 ? Style.INK : Style.QUIET);
          text(g, remark(bar), right + 8, middle, Letters.Anchor.LEFT, Style.INK);
          paint(g, bar, plot, middle);
        }
      }
      y += rowHeight(row);
    }
  }

  private static void paint(Graphics2D g, Row.Bar bar, Plot plot, double y) {
    Distribution wait = bar.widths();
    if (wait.maxNs().isEmpty()) {
      return;
    }
    Color color = Style.color(bar.clock());
    double max = plot.across(wait.maxNs().getAsLong());
    upright(g, color, max, y, 1.2f);
    if (wait.p50Ns().isEmpty()) {
      return;
    }
    double median = plot.across(wait.p50Ns().getAsLong());
    level(g, color, median, max, y);
    if (wait.p99Ns().isPresent()) {
      box(g, color, median, plot.across(wait.p99Ns().getAsLong()), y);
    }
    if (wait.p90Ns().isPresent()) {
      upright(g, color, plot.across(wait.p90Ns().getAsLong()), y, 1.8f);
    }
    dot(g, color, median, y);
  }

  private static void dot(Graphics2D g, Color color, double x, double y) {
    g.setColor(color);
    g.fill(new Ellipse2D.Double(x - POINT / 2, y - POINT / 2, POINT, POINT));
  }

  private static void box(Graphics2D g, Color color, double from, double to, double y) {
    g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 80));
    g.fill(new Rectangle2D.Double(from, y - BAR / 2, Math.max(1, to - from), BAR));
  }

  private static void upright(Graphics2D g, Color color, double x, double y, float thickness) {
    line(g, color, thickness, x, y - BAR / 2, x, y + BAR / 2);
  }

  private static void level(Graphics2D g, Color color, double from, double to, double y) {
    line(g, color, 1.2f, from, y, to, y);
  }

  private static void line(
      Graphics2D g, Color color, float thickness, double x1, double y1, double x2, double y2) {
    g.setColor(color);
    g.setStroke(new BasicStroke(thickness));
    g.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  private static void text(
      Graphics2D g, String text, double x, double middle, Letters.Anchor anchor, Color color) {
    Letters.draw(g, text, x, middle + 4.5, anchor, Style.SMALL, color);
  }

  private static LogAxis axis(List<Row.Bar> bars) {
    long least = Long.MAX_VALUE;
    long greatest = 0;
    long small = Long.MAX_VALUE;
    for (Row.Bar bar : bars) {
      long max = bar.widths().maxNs().orElseThrow();
      long first = bar.widths().p50Ns().orElse(max);
      least = Math.min(least, first);
      greatest = Math.max(greatest, max);
      small = first > 0 ? Math.min(small, first) : small;
    }
    return LogAxis.of(LogAxis.Labels.NS, least, greatest, Math.min(small, Math.max(1, greatest)));
  }

  private static String remark(Row.Bar bar) {
    return "n = " + Quantity.count(bar.widths().n());
  }

  private static double remarkWidth(List<Row> rows) {
    return 14
        + bars(rows).stream()
            .mapToDouble(bar -> Letters.width(remark(bar), Style.SMALL))
            .max()
            .orElse(0);
  }

  private double nameWidth(List<Row> rows) {
    double widest =
        bars(rows).stream()
            .mapToDouble(bar -> Letters.width(bar.name(names), Style.SMALL))
            .max()
            .orElse(0);
    return Math.min(Math.max(30, widest), width * 0.36) + GAP;
  }

  @Override
  public Points points() {
    Points.Builder points =
        Points.of("clock", "worker", "delay_ns", "n", "p50_ns", "p90_ns", "p99_ns", "max_ns");
    for (Row.Bar bar : bars(rows())) {
      Distribution wait = bar.widths();
      points.row(
          bar.clock().key(),
          bar.worker(),
          bar.delayNs(),
          wait.n(),
          wait.p50Ns(),
          wait.p90Ns(),
          wait.p99Ns(),
          wait.maxNs());
    }
    return points.build();
  }
}

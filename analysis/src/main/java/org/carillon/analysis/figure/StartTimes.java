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
import java.util.stream.LongStream;
import org.carillon.analysis.control.ControlRecord.ControlledWorker;
import org.carillon.analysis.control.ControlRecord.StartReading;
import org.carillon.analysis.statistics.Clock;

/**
 * When each worker began, relative to the agreed instant: its interval, its best estimate, and true
 * time where that is known; the earliest above.
 *
 * @param title stands above
 * @param instantNs the agreed instant
 * @param workers those that began are drawn
 */
record StartTimes(String title, long instantNs, List<ControlledWorker> workers, int width)
    implements Picture {

  /** Of more workers, the first and the last to begin are shown. */
  private static final int MAX_ROWS = 24;

  private static final int ROW = 19;
  private static final int GAP = 8;
  private static final int RIGHT = 16;
  private static final double BAR_SHARE = 0.5;
  private static final double POINT = 5;

  /** A line drawn with it is one dot. */
  private static final BasicStroke DOT =
      new BasicStroke(
          (float) POINT,
          BasicStroke.CAP_ROUND,
          BasicStroke.JOIN_ROUND,
          1f,
          new float[] {0.1f, 100f},
          // Begins within the gap, so that the dot lies in the line's middle.
          93f);

  private record Row(String name, StartReading reading) {}

  private List<Row> began() {
    return workers.stream()
        .flatMap(worker -> worker.start().stream().map(r -> new Row(worker.node(), r)))
        .sorted(Comparator.comparingLong((Row row) -> row.reading().bestNs()))
        .toList();
  }

  private List<Row> rows() {
    List<Row> all = began();
    if (all.size() <= MAX_ROWS) {
      return all;
    }
    List<Row> ends = new ArrayList<>(all.subList(0, MAX_ROWS / 2));
    ends.addAll(all.subList(all.size() - MAX_ROWS / 2, all.size()));
    return ends;
  }

  private Legend legend() {
    List<Legend.Entry> entries = new ArrayList<>();
    entries.add(new Legend.Entry("from earliest to latest", Style.fill(Clock.BOUNDED), null));
    entries.add(new Legend.Entry("best estimate", Style.color(Clock.BOUNDED), DOT));
    if (rows().stream().anyMatch(row -> row.reading().knownTrueTimeNs().isPresent())) {
      entries.add(new Legend.Entry("true time", Style.INK, new BasicStroke(1.6f)));
    }
    return new Legend(entries, width);
  }

  private int top() {
    return 20 + legend().height() + 4;
  }

  @Override
  public int height() {
    return top() + rows().size() * ROW + Axes.FOOT;
  }

  @Override
  public void paint(Graphics2D g) {
    List<Row> rows = rows();
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    legend().paint(g, 0, 20);
    double left = Math.ceil(nameWidth(rows));
    Rectangle2D plot =
        new Rectangle2D.Double(left, top(), width - left - RIGHT, (double) rows.size() * ROW);
    Scale scale = scale(rows);
    Axes.paint(
        Axes.chart(scale.low(), scale.high(), 0, 1),
        g,
        plot,
        "after the agreed instant (" + scale.unit() + ")" + more(),
        "");
    Across across = new Across(plot, scale);
    line(g, Style.QUIET, 1.2f, across.of(0), plot.getY(), plot.getMaxY());
    for (int i = 0; i < rows.size(); i++) {
      double y = plot.getY() + i * (double) ROW;
      Letters.draw(
          g,
          Letters.fit(rows.get(i).name(), Style.SMALL, left - GAP),
          left - GAP + 2,
          y + ROW / 2.0 + 4.5,
          Letters.Anchor.RIGHT,
          Style.SMALL,
          Style.INK);
      row(g, rows.get(i).reading(), across, y);
    }
  }

  private void row(Graphics2D g, StartReading reading, Across across, double y) {
    double high = ROW * BAR_SHARE;
    double barTop = y + (ROW - high) / 2;
    double from = across.of(reading.earliestNs() - instantNs);
    double to = across.of(reading.latestNs() - instantNs);
    double best = across.of(reading.bestNs() - instantNs);
    g.setColor(Style.fill(Clock.BOUNDED));
    g.fill(new Rectangle2D.Double(from, barTop, Math.max(1, to - from), high));
    g.setColor(Style.color(Clock.BOUNDED));
    g.fill(new Ellipse2D.Double(best - POINT / 2, y + (ROW - POINT) / 2, POINT, POINT));
    reading
        .knownTrueTimeNs()
        .ifPresent(
            ns ->
                line(g, Style.INK, 1.6f, across.of(ns - instantNs), barTop - 1, barTop + high + 1));
  }

  private static void line(
      Graphics2D g, Color color, float thickness, double x, double from, double to) {
    g.setColor(color);
    g.setStroke(new BasicStroke(thickness));
    g.draw(new Line2D.Double(x, from, x, to));
  }

  private String more() {
    int hidden = began().size() - rows().size();
    return hidden == 0
        ? ""
        : "; the first and last " + MAX_ROWS / 2 + " of " + began().size() + " workers";
  }

  private double nameWidth(List<Row> rows) {
    double widest =
        rows.stream().mapToDouble(row -> Letters.width(row.name(), Style.SMALL)).max().orElse(0);
    return Math.min(Math.max(30, widest), width * 0.36) + GAP;
  }

  private Scale scale(List<Row> rows) {
    long[] edges =
        rows.stream()
            .map(Row::reading)
            .flatMapToLong(
                r ->
                    LongStream.concat(
                        LongStream.of(r.earliestNs() - instantNs, r.latestNs() - instantNs, 0),
                        r.knownTrueTimeNs().stream().map(ns -> ns - instantNs)))
            .sorted()
            .toArray();
    return Scale.of(edges[0], edges[edges.length - 1]);
  }

  private record Across(Rectangle2D plot, Scale scale) {
    double of(long ns) {
      return plot.getX()
          + plot.getWidth() * (scale.of(ns) - scale.low()) / (scale.high() - scale.low());
    }
  }
}

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
    entries.add(Legend.box("from earliest to latest", Style.fill(Clock.BOUNDED)));
    entries.add(new Legend.Entry("best estimate", (g, x, y) -> dot(g, x + 8.5, y + 8)));
    if (rows().stream().anyMatch(row -> row.reading().knownTrueTimeNs().isPresent())) {
      entries.add(
          new Legend.Entry(
              "true time", (g, x, y) -> line(g, Style.INK, 1.6f, x + 8, y + 2, y + 14)));
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
    WorkerNames shown = WorkerNames.of(workers.stream().map(ControlledWorker::node).toList());
    double left = Math.ceil(nameWidth(rows, shown));
    Rectangle2D plot =
        new Rectangle2D.Double(left, top(), width - left - RIGHT, (double) rows.size() * ROW);
    LinearAxis axis = axis(rows);
    Axes.paint(
        g,
        plot,
        axis,
        LinearAxis.of(0, 1),
        "after the agreed instant (" + axis.unit() + ")" + axis.remark() + more(),
        "");
    Across across = new Across(plot, axis);
    line(g, Style.QUIET, 1.2f, across.of(0), plot.getY(), plot.getMaxY());
    for (int i = 0; i < rows.size(); i++) {
      double y = plot.getY() + i * (double) ROW;
      Letters.draw(
          g,
          Letters.shorten(shown.shown(rows.get(i).name()), Style.SMALL, left - GAP),
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
    dot(g, best, y + ROW / 2.0);
    reading
        .knownTrueTimeNs()
        .ifPresent(
            ns ->
                line(g, Style.INK, 1.6f, across.of(ns - instantNs), barTop - 1, barTop + high + 1));
  }

  private static void dot(Graphics2D g, double x, double y) {
    g.setColor(Style.color(Clock.BOUNDED));
    g.fill(new Ellipse2D.Double(x - POINT / 2, y - POINT / 2, POINT, POINT));
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

  private double nameWidth(List<Row> rows, WorkerNames shown) {
    double widest =
        rows.stream()
            .mapToDouble(row -> Letters.width(shown.shown(row.name()), Style.SMALL))
            .max()
            .orElse(0);
    return Math.min(Math.max(30, widest), width * 0.36) + GAP;
  }

  private LinearAxis axis(List<Row> rows) {
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
    return LinearAxis.ofNs(edges[0], edges[edges.length - 1]);
  }

  /** Times are relative to the agreed instant. */
  @Override
  public Points points() {
    Points.Builder points =
        Points.of("worker", "earliest_ns", "best_ns", "latest_ns", "true_time_ns");
    for (Row row : rows()) {
      StartReading reading = row.reading();
      points.row(
          row.name(),
          reading.earliestNs() - instantNs,
          reading.bestNs() - instantNs,
          reading.latestNs() - instantNs,
          reading.knownTrueTimeNs().isPresent()
              ? reading.knownTrueTimeNs().getAsLong() - instantNs
              : "");
    }
    return points.build();
  }

  private record Across(Rectangle2D plot, LinearAxis axis) {
    double of(long ns) {
      return plot.getX() + plot.getWidth() * axis.at(ns);
    }
  }
}

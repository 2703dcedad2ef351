package org.carillon.analysis.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Shares of a whole as horizontal bars, one above the other, each with its name at the left and a
 * remark at the right.
 *
 * @param title stands above
 * @param kinds what the parts of a bar mean, in the order in which they stand
 * @param rows from top to bottom
 * @param axis what the horizontal axis shows, with its unit
 * @param width in units
 */
record StackedBars(String title, List<Kind> kinds, List<Row> rows, String axis, int width)
    implements Picture {

  /** A part of a bar. */
  record Kind(String meaning, Color color) {}

  /** A line of the figure. */
  sealed interface Row {
    /** The bar of one case; its counts stand in the order of the kinds. */
    record Bar(String name, List<Long> counts, String remark) implements Row {}

    /** A heading of the bars below it. */
    record Heading(String text) implements Row {}

    /** A sentence instead of a bar. */
    record Sentence(String name, String text) implements Row {}
  }

  private static final int BAR_ROW = 21;
  private static final int HEADING_ROW = 24;
  private static final int TEXT_LINE = 15;
  private static final int GAP = 8;
  private static final double BAR_SHARE = 0.72;

  private double nameWidth() {
    double widest = 30;
    for (Row row : rows) {
      String name =
          switch (row) {
            case Row.Bar bar -> bar.name();
            case Row.Heading _ -> "";
            case Row.Sentence sentence -> sentence.name();
          };
      widest = Math.max(widest, Letters.width(name, Style.SMALL));
    }
    return Math.min(widest, width * 0.36) + GAP;
  }

  private double remarkWidth() {
    double widest = 0;
    for (Row row : rows) {
      if (row instanceof Row.Bar bar) {
        widest = Math.max(widest, Letters.width(bar.remark(), Style.SMALL));
      }
    }
    return Math.max(14, Math.min(widest, width * 0.4) + GAP);
  }

  private int rowHeight(Row row) {
    return switch (row) {
      case Row.Bar _ -> BAR_ROW;
      case Row.Heading _ -> HEADING_ROW;
      case Row.Sentence sentence -> sentenceLines(sentence).size() * TEXT_LINE + 6;
    };
  }

  private List<String> sentenceLines(Row.Sentence sentence) {
    return Letters.wrap(sentence.text(), Style.SMALL, width - nameWidth() - GAP);
  }

  private Legend legend() {
    return new Legend(
        kinds.stream().map(k -> new Legend.Entry(k.meaning(), k.color(), null)).toList(), width);
  }

  private int top() {
    return 20 + legend().height() + 4;
  }

  private int rowsHeight() {
    return rows.stream().mapToInt(this::rowHeight).sum();
  }

  private boolean hasBars() {
    return rows.stream().anyMatch(Row.Bar.class::isInstance);
  }

  @Override
  public int height() {
    return top() + rowsHeight() + (hasBars() ? Axes.FOOT : 6);
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(g, title, 0, 14, Letters.Anchor.LEFT, Style.TITLE, Style.INK);
    if (hasBars()) {
      legend().paint(g, 0, 20);
    }
    double left = Math.ceil(nameWidth());
    double right = Math.floor(width - remarkWidth());
    if (hasBars()) {
      Rectangle2D plot = new Rectangle2D.Double(left, top(), right - left, rowsHeight());
      Axes.paint(chart(), g, plot, axis, "");
    }
    double y = top();
    for (Row row : rows) {
      double middle = y + rowHeight(row) / 2.0 + 4;
      switch (row) {
        case Row.Bar bar -> {
          Letters.draw(
              g,
              Letters.fit(bar.name(), Style.SMALL, left - GAP),
              left - GAP + 2,
              middle,
              Letters.Anchor.RIGHT,
              Style.SMALL,
              Style.INK);
          Letters.draw(
              g,
              Letters.fit(bar.remark(), Style.SMALL, width - right - GAP + 2),
              right + 6,
              middle,
              Letters.Anchor.LEFT,
              Style.SMALL,
              Style.INK);
        }
        case Row.Heading heading -> {
          // The grid must not run through the words.
          g.setColor(Style.PAPER);
          g.fill(new Rectangle2D.Double(left - 1, y, right - left + 2, HEADING_ROW - 3));
          Letters.draw(
              g,
              heading.text(),
              left,
              y + HEADING_ROW - 8,
              Letters.Anchor.LEFT,
              Style.HEADING,
              Style.QUIET);
        }
        case Row.Sentence sentence -> {
          Letters.draw(
              g,
              Letters.fit(sentence.name(), Style.SMALL, left - GAP),
              left - GAP + 2,
              y + 13,
              Letters.Anchor.RIGHT,
              Style.SMALL,
              Style.INK);
          g.setColor(Style.PAPER);
          g.fill(new Rectangle2D.Double(left - 1, y, width - left + 1, rowHeight(row)));
          double line = y + 13;
          for (String text : sentenceLines(sentence)) {
            Letters.draw(g, text, left, line, Letters.Anchor.LEFT, Style.SMALL, Style.QUIET);
            line += TEXT_LINE;
          }
        }
      }
      y += rowHeight(row);
    }
  }

  /** Percent across, units from the bottom up. */
  private XYChart chart() {
    XYChart chart = Axes.chart(0, 100, 0, rowsHeight());
    for (int kind = 0; kind < kinds.size(); kind++) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      double bottom = rowsHeight();
      for (Row row : rows) {
        bottom -= rowHeight(row);
        if (row instanceof Row.Bar bar) {
          rectangle(bar, kind, bottom, x, y);
        }
      }
      if (x.isEmpty()) {
        continue;
      }
      XYSeries series =
          chart.addSeries(
              kinds.get(kind).meaning(),
              x.stream().mapToDouble(Double::doubleValue).toArray(),
              y.stream().mapToDouble(Double::doubleValue).toArray());
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
      series.setFillColor(kinds.get(kind).color());
      series.setLineStyle(SeriesLines.NONE);
      series.setMarker(SeriesMarkers.NONE);
    }
    return chart;
  }

  private static void rectangle(
      Row.Bar bar, int kind, double bottom, List<Double> x, List<Double> y) {
    long whole = bar.counts().stream().mapToLong(Long::longValue).sum();
    long before = bar.counts().subList(0, kind).stream().mapToLong(Long::longValue).sum();
    long part = bar.counts().get(kind);
    if (part == 0) {
      return;
    }
    double from = 100.0 * before / whole;
    double to = 100.0 * (before + part) / whole;
    double low = bottom + BAR_ROW * (1 - BAR_SHARE) / 2;
    double high = bottom + BAR_ROW * (1 + BAR_SHARE) / 2;
    x.addAll(List.of(from, to, to, from, from));
    y.addAll(List.of(low, low, high, high, Double.NaN));
  }
}

package org.carillon.analysis.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.carillon.analysis.statistics.Rate;

/**
 * Shares of a whole as horizontal bars, one above the other, each with its name at the left and a
 * remark at the right.
 *
 * @param title stands above
 * @param keys columns that tell the bars apart in the file of numbers
 * @param kinds what the parts of a bar mean, in the order in which they stand
 * @param rows from top to bottom
 * @param axis what the horizontal axis shows, with its unit
 * @param width in units
 */
record StackedBars(
    String title, List<String> keys, List<Kind> kinds, List<Row> rows, String axis, int width)
    implements Picture {

  /** A part of a bar; its counts stand in the column of this name. */
  record Kind(String column, String meaning, Color color) {}

  /** A line of the figure. */
  sealed interface Row {
    /**
     * The bar of one case.
     *
     * @param keys its cells in the columns of the keys
     * @param name at its left, which may be two names with a comma between
     * @param counts in the order of the kinds
     * @param remark at its right
     */
    record Bar(List<String> keys, String name, List<Long> counts, String remark) implements Row {}

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

  /** Units that an interval takes to be told from a line. */
  private static final double VISIBLE = 3;

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
    List<Legend.Entry> entries = new ArrayList<>();
    kinds.forEach(kind -> entries.add(Legend.box(kind.meaning(), kind.color())));
    if (rows.stream().anyMatch(row -> row instanceof Row.Bar bar && isUncertain(bar))) {
      entries.add(
          new Legend.Entry(
              "95 % interval of “" + kinds.getLast().meaning().split(":")[0] + "” (Wilson)",
              (g, x, y) -> whisker(g, x, x + 15, y + 8)));
    }
    return new Legend(entries, width);
  }

  /** Whether so few events make the last part's share that its interval is seen. */
  private boolean isUncertain(Row.Bar bar) {
    Rate last = last(bar);
    return last.n() > 0
        && (last.high() - last.low()) * (width - nameWidth() - remarkWidth()) >= VISIBLE;
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
      Axes.paint(g, plot, LinearAxis.of(0, 100), LinearAxis.of(0, 1), axis, "");
    }
    double y = top();
    for (Row row : rows) {
      double middle = y + rowHeight(row) / 2.0 + 4;
      switch (row) {
        case Row.Bar bar -> {
          paint(g, bar, kinds, left, right, y);
          Letters.draw(
              g,
              Letters.names(bar.name(), Style.SMALL, left - GAP),
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
          g.fill(new Rectangle2D.Double(left - 1, y, width - left + 1, HEADING_ROW - 3));
          double room = width - left;
          double wide = Letters.width(heading.text(), Style.HEADING);
          Letters.draw(
              g,
              Letters.fit(heading.text(), Style.HEADING, width),
              Math.max(0, left - Math.max(0, wide - room)),
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

  @Override
  public Points points() {
    List<String> columns = new ArrayList<>(keys);
    columns.add("n");
    kinds.forEach(kind -> columns.add(kind.column()));
    columns.add(kinds.getLast().column() + "_share_low");
    columns.add(kinds.getLast().column() + "_share_high");
    Points.Builder points = Points.of(columns.toArray(String[]::new));
    for (Row row : rows) {
      if (row instanceof Row.Bar bar) {
        List<Object> cells = new ArrayList<>(bar.keys());
        cells.add(bar.counts().stream().mapToLong(Long::longValue).sum());
        cells.addAll(bar.counts());
        cells.add(last(bar).low());
        cells.add(last(bar).high());
        points.row(cells.toArray());
      }
    }
    return points.build();
  }

  /** The parts of a bar, each from where those before it end. */
  private static void paint(
      Graphics2D g, Row.Bar bar, List<Kind> kinds, double left, double right, double y) {
    long whole = bar.counts().stream().mapToLong(Long::longValue).sum();
    long before = 0;
    for (int kind = 0; kind < kinds.size(); kind++) {
      long part = bar.counts().get(kind);
      if (part > 0) {
        double from = left + (right - left) * before / whole;
        double to = left + (right - left) * (before + part) / whole;
        g.setColor(kinds.get(kind).color());
        g.fill(
            new Rectangle2D.Double(
                from, y + BAR_ROW * (1 - BAR_SHARE) / 2, to - from, BAR_ROW * BAR_SHARE));
      }
      before += part;
    }
    Rate last = last(bar);
    double low = right - (right - left) * last.high();
    double high = right - (right - left) * last.low();
    if (whole > 0 && high - low >= VISIBLE) {
      whisker(g, low, high, y + BAR_ROW / 2.0);
    }
  }

  private static Rate last(Row.Bar bar) {
    return new Rate(bar.counts().getLast(), bar.counts().stream().mapToLong(Long::longValue).sum());
  }

  private static void whisker(Graphics2D g, double low, double high, double y) {
    g.setColor(Style.INK);
    g.setStroke(Style.line(0, 1f));
    g.draw(new Line2D.Double(low, y, high, y));
    g.draw(new Line2D.Double(low, y - 3, low, y + 3));
    g.draw(new Line2D.Double(high, y - 3, high, y + 3));
  }
}

package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** Grid, ticks, labels and titles around a plot. */
final class Axes {

  /** What a vertical axis needs at its left, and a horizontal one below. */
  static final int LEFT = 64;

  static final int FOOT = 46;

  /** What a plot needs at its right, so that its last label has room. */
  static final int MARGIN_RIGHT = 16;

  /** How far a label may reach over the end of its axis: into the margin, but not over the edge. */
  private static final double EDGE = 24;

  private static final double LABEL_WIDTH = 52;

  /** Nearer to each other, the second of two labels is left out. */
  private static final double BETWEEN_LABELS = 5;

  private static final double LABEL_HEIGHT = 19;

  private Axes() {}

  /**
   * Paints grid, ticks and titles around a rectangle.
   *
   * @param horizontal the horizontal axis's title, with its unit
   * @param vertical the vertical axis's; without one that axis is not drawn
   */
  static void paint(
      Graphics2D g, Rectangle2D plot, Axis x, Axis y, String horizontal, String vertical) {
    horizontalAxis(g, plot, x);
    if (!vertical.isEmpty()) {
      verticalAxis(g, plot, y);
      AffineTransform before = g.getTransform();
      g.translate(plot.getX() - 48, plot.getCenterY());
      g.rotate(-Math.PI / 2);
      Letters.draw(g, vertical, 0, 0, Letters.Anchor.CENTER, Style.SMALL, Style.INK);
      g.setTransform(before);
    }
    double half = Letters.width(horizontal, Style.SMALL) / 2;
    // A long title may reach under the labels at the left rather than over the picture's edge.
    double center = Math.min(plot.getCenterX(), plot.getMaxX() + MARGIN_RIGHT - half);
    Letters.draw(
        g, horizontal, center, plot.getMaxY() + 37, Letters.Anchor.CENTER, Style.SMALL, Style.INK);
  }

  private static void horizontalAxis(Graphics2D g, Rectangle2D plot, Axis axis) {
    double free = -Double.MAX_VALUE;
    for (Axis.Tick tick : axis.ticks(plot.getWidth() / LABEL_WIDTH)) {
      double x = plot.getX() + plot.getWidth() * tick.at();
      double half = Letters.width(tick.label(), Style.SMALL) / 2;
      boolean named =
          !tick.label().isEmpty() && x - half > free && x + half < plot.getMaxX() + EDGE;
      if (named) {
        line(g, Style.GRID, x, plot.getY(), x, plot.getMaxY());
        Letters.draw(
            g, tick.label(), x, plot.getMaxY() + 18, Letters.Anchor.CENTER, Style.SMALL, Style.INK);
        free = x + half + BETWEEN_LABELS;
      }
      line(g, Style.QUIET, x, plot.getMaxY(), x, plot.getMaxY() + (named ? 4 : 2.5));
    }
    double zero = axis.at(0);
    if (zero > 0.001 && zero < 0.999) {
      double x = plot.getX() + plot.getWidth() * zero;
      line(g, Style.QUIET, x, plot.getY(), x, plot.getMaxY());
    }
    line(g, Style.QUIET, plot.getX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY());
  }

  private static void verticalAxis(Graphics2D g, Rectangle2D plot, Axis axis) {
    for (Axis.Tick tick : axis.ticks(plot.getHeight() / LABEL_HEIGHT)) {
      double y = plot.getMaxY() - plot.getHeight() * tick.at();
      if (!tick.label().isEmpty()) {
        line(g, Style.GRID, plot.getX(), y, plot.getMaxX(), y);
      }
      line(g, Style.QUIET, plot.getX() - (tick.label().isEmpty() ? 2.5 : 4), y, plot.getX(), y);
      Letters.draw(
          g, tick.label(), plot.getX() - 8, y + 4, Letters.Anchor.RIGHT, Style.SMALL, Style.INK);
    }
    double zero = axis.at(0);
    if (zero > 0.001 && zero < 0.999) {
      double y = plot.getMaxY() - plot.getHeight() * zero;
      line(g, Style.QUIET, plot.getX(), y, plot.getMaxX(), y);
    }
    line(g, Style.QUIET, plot.getX(), plot.getY(), plot.getX(), plot.getMaxY());
  }

  private static void line(Graphics2D g, Color color, double x1, double y1, double x2, double y2) {
    g.setColor(color);
    g.setStroke(new BasicStroke(0.8f));
    g.draw(new Line2D.Double(x1, y1, x2, y2));
  }
}

package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.carillon.analysis.statistics.Clock;

/**
 * A rectangle between two axes, with curves and bands in it, and marks upon them. Each curve is one
 * path, so that its dashes run on and its file is small.
 */
final class Plot {

  /** Bands are filled first and then outlined, so that one thinner than a line is still seen. */
  private record Layer(Path2D path, boolean filled, Color fill, Color line, BasicStroke stroke) {}

  private record Place(Style.Mark mark, Color color, double x, double y) {}

  private final Rectangle2D area;
  private final Axis x;
  private final Axis y;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Place> marks = new ArrayList<>();

  Plot(Rectangle2D area, Axis x, Axis y) {
    this.area = area;
    this.x = x;
    this.y = y;
  }

  /** Units from the left of the picture at which a value stands. */
  double across(double value) {
    return area.getX() + area.getWidth() * x.at(value);
  }

  /** Units from the top of the picture. */
  double down(double value) {
    return area.getMaxY() - area.getHeight() * y.at(value);
  }

  /** Adds a line through values that hold from each position to the next. */
  void steps(double[] xs, double[] ys, Color color, BasicStroke stroke) {
    Path2D path = new Path2D.Double();
    path.moveTo(across(xs[0]), down(ys[0]));
    for (int i = 1; i < xs.length; i++) {
      step(path, across(xs[i]), down(ys[i]));
    }
    layers.add(new Layer(path, false, color, color, stroke));
  }

  /** A level line to where the next value begins, and an upright one to it. */
  private static void step(Path2D path, double toX, double toY) {
    if (path.getCurrentPoint().getX() != toX) {
      path.lineTo(toX, path.getCurrentPoint().getY());
    }
    if (path.getCurrentPoint().getY() != toY) {
      path.lineTo(toX, toY);
    }
  }

  /** Adds straight lines from each point to the next. */
  void straight(double[] xs, double[] ys, Color color, BasicStroke stroke) {
    Path2D path = new Path2D.Double();
    path.moveTo(across(xs[0]), down(ys[0]));
    for (int i = 1; i < xs.length; i++) {
      path.lineTo(across(xs[i]), down(ys[i]));
    }
    layers.add(new Layer(path, false, color, color, stroke));
  }

  /** Adds the band of a clock between two step functions. */
  void band(Clock clock, double[] xs, double[] lows, double[] highs) {
    Path2D path = new Path2D.Double();
    path.moveTo(across(xs[0]), down(highs[0]));
    for (int i = 1; i < xs.length; i++) {
      step(path, across(xs[i]), down(highs[i]));
    }
    for (int i = xs.length - 1; i >= 0; i--) {
      // Backwards, a value holds to where it began.
      path.lineTo(path.getCurrentPoint().getX(), down(lows[i]));
      path.lineTo(across(xs[i]), down(lows[i]));
    }
    path.closePath();
    layers.add(new Layer(path, true, Style.fill(clock), Style.color(clock), Style.line(0, 0.9f)));
  }

  /** Adds the mark of a clock, by which its curve is told apart where colours are not seen. */
  void mark(Clock clock, double atX, double atY) {
    mark(Style.mark(clock), Style.color(clock), atX, atY);
  }

  /** Adds a mark. */
  void mark(Style.Mark mark, Color color, double atX, double atY) {
    marks.add(new Place(mark, color, across(atX), down(atY)));
  }

  /** Paints axes with their titles, what was added, and the marks above it. */
  void paint(Graphics2D g, String horizontal, String vertical) {
    Axes.paint(g, area, x, y, horizontal, vertical);
    for (Layer layer : layers) {
      if (layer.filled()) {
        g.setColor(layer.fill());
        g.fill(layer.path());
      }
      g.setColor(layer.line());
      g.setStroke(layer.stroke());
      g.draw(layer.path());
    }
    marks.forEach(place -> place.mark().paint(g, place.color(), place.x(), place.y()));
  }
}

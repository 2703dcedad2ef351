package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * What colours and lines mean, in as many lines as it takes.
 *
 * @param entries in order
 * @param width that it may take
 */
record Legend(List<Entry> entries, int width) {

  /** A colour and its meaning; drawn as a line if it has a stroke, else as a box. */
  record Entry(String meaning, Color color, BasicStroke stroke) {}

  private record Place(Entry entry, double x, int line) {}

  private static final int LINE = 17;
  private static final int MARK = 20;
  private static final int BETWEEN = 16;

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    double x = 0;
    int line = 0;
    for (Entry entry : entries) {
      double wide = MARK + Letters.width(entry.meaning(), Style.SMALL);
      if (x > 0 && x + wide > width) {
        x = 0;
        line++;
      }
      places.add(new Place(entry, x, line));
      x += wide + BETWEEN;
    }
    return places;
  }

  /** Units down. */
  int height() {
    return entries.isEmpty() ? 0 : (places().getLast().line() + 1) * LINE;
  }

  void paint(Graphics2D g, double left, double top) {
    for (Place place : places()) {
      double x = left + place.x();
      double y = top + place.line() * LINE;
      g.setColor(place.entry().color());
      if (place.entry().stroke() == null) {
        g.fill(new Rectangle2D.Double(x, y + 3, 13, 10));
      } else {
        g.setStroke(place.entry().stroke());
        g.draw(new Line2D.Double(x, y + 8, x + 15, y + 8));
      }
      Letters.draw(
          g,
          place.entry().meaning(),
          x + MARK,
          y + 12,
          Letters.Anchor.LEFT,
          Style.SMALL,
          Style.INK);
    }
  }
}

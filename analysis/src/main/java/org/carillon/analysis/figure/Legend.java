package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.carillon.analysis.statistics.Clock;

/**
 * What colours, lines and marks mean, in as many lines as it takes.
 *
 * @param entries in order
 * @param width that it may take
 */
record Legend(List<Entry> entries, int width) {

  /** What a meaning is shown by: 20 units wide at most, its middle 8 units below y. */
  interface Sign {
    void paint(Graphics2D g, double x, double y);
  }

  /** A sign and its meaning. */
  record Entry(String meaning, Sign sign) {}

  private record Place(Entry entry, double x, int line) {}

  private static final int LINE = 17;
  private static final int MARK = 22;
  private static final int BETWEEN = 16;

  /** A colour. */
  static Entry box(String meaning, Color color) {
    return new Entry(
        meaning,
        (g, x, y) -> {
          g.setColor(color);
          g.fill(new Rectangle2D.Double(x, y + 3, 15, 10));
        });
  }

  /** A band of a clock, with its outline. */
  static Entry band(String meaning, Clock clock) {
    return new Entry(
        meaning,
        (g, x, y) -> {
          Rectangle2D box = new Rectangle2D.Double(x, y + 3, 15, 10);
          g.setColor(Style.fill(clock));
          g.fill(box);
          g.setColor(Style.color(clock));
          g.setStroke(Style.line(0, 0.9f));
          g.draw(box);
        });
  }

  /** A line. */
  static Entry line(String meaning, Color color, BasicStroke stroke) {
    return new Entry(
        meaning,
        (g, x, y) -> {
          g.setColor(color);
          g.setStroke(stroke);
          g.draw(new Line2D.Double(x, y + 8, x + 17, y + 8));
        });
  }

  /** A curve of a clock, with its mark. */
  static Entry curve(String meaning, Clock clock) {
    return curve(meaning, Style.color(clock), Style.mark(clock));
  }

  /** A curve with marks. */
  static Entry curve(String meaning, Color color, Style.Mark mark) {
    return new Entry(
        meaning,
        (g, x, y) -> {
          g.setColor(color);
          g.setStroke(Style.line(0, 1.8f));
          g.draw(new Line2D.Double(x, y + 8, x + 17, y + 8));
          mark.paint(g, color, x + 8.5, y + 8);
        });
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    double x = 0;
    int line = 0;
    for (Entry entry : entries) {
      double wide = MARK + Letters.width(meaning(entry), Style.SMALL);
      if (x > 0 && x + wide > width) {
        x = 0;
        line++;
      }
      places.add(new Place(entry, x, line));
      x += wide + BETWEEN;
    }
    return places;
  }

  private String meaning(Entry entry) {
    return Letters.shorten(entry.meaning(), Style.SMALL, (double) width - MARK);
  }

  /** Units down. */
  int height() {
    return entries.isEmpty() ? 0 : (places().getLast().line() + 1) * LINE;
  }

  void paint(Graphics2D g, double left, double top) {
    for (Place place : places()) {
      double x = left + place.x();
      double y = top + place.line() * LINE;
      place.entry().sign().paint(g, x, y);
      Letters.draw(
          g, meaning(place.entry()), x + MARK, y + 12, Letters.Anchor.LEFT, Style.SMALL, Style.INK);
    }
  }
}

package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.carillon.analysis.statistics.Clock;

/** Colours, lines, letters and sizes that all figures share. */
final class Style {

  /** Units across one column of a paper. */
  static final int COLUMN_WIDTH = 460;

  /** Units across a page of a paper. */
  static final int PAGE_WIDTH = 940;

  static final Color INK = new Color(0x1B1F24);
  static final Color QUIET = new Color(0x59626C);
  static final Color GRID = new Color(0xE3E6E8);
  static final Color PAPER = Color.WHITE;

  /** A free-running counter, which is no clock yet. */
  static final Color COUNTER = new Color(0x8B9097);

  /** As it should be: proven, agreed. */
  static final Color GOOD = new Color(0x7FB2D9);

  /** As it should be, of two kinds: the other one. */
  static final Color GOOD_DARK = new Color(0x1F5F99);

  /** Nothing can be said. */
  static final Color OPEN = new Color(0xDFE2E4);

  /** What cannot be: a violation, a contradiction. */
  static final Color BAD = new Color(0xB5400B);

  static final Font TITLE = Typeface.of(Font.BOLD, 15f);
  static final Font HEADING = Typeface.of(Font.BOLD, 13f);
  static final Font TEXT = Typeface.of(Font.PLAIN, 14f);
  static final Font SMALL = Typeface.of(Font.PLAIN, 13f);

  /** From few to many: one hue, evenly darker, so that grey says the same. */
  private static final int[] DENSITY = {0xC9DDF0, 0x86B6DB, 0x3F83BD, 0x125492, 0x06203F};

  private Style() {}

  /**
   * The colour of a clock, in every figure; from the system clock's to NTP's each is lighter than
   * the one before, so that they differ in grey too.
   */
  static Color color(Clock clock) {
    return switch (clock) {
      case SYSTEM -> new Color(0x3D4248);
      case BOUNDED -> new Color(0x0069B4);
      case CHRONOTICK -> new Color(0xB84C8F);
      case HINDSIGHT -> new Color(0x3FAE7C);
      case NTP -> new Color(0xF09A10);
    };
  }

  /** The mark of a clock, by which its curve is known without its colour. */
  static Mark mark(Clock clock) {
    return switch (clock) {
      case SYSTEM -> Mark.SQUARE;
      case NTP -> Mark.TRIANGLE;
      case CHRONOTICK -> Mark.DIAMOND;
      case BOUNDED -> Mark.CIRCLE;
      case HINDSIGHT -> Mark.UPENDED;
    };
  }

  /** Shapes upon curves. */
  enum Mark {
    SQUARE,
    CIRCLE,
    TRIANGLE,
    DIAMOND,
    UPENDED,
    CROSS;

    void paint(Graphics2D g, Color color, double x, double y) {
      Shape shape =
          switch (this) {
            case SQUARE -> new Rectangle2D.Double(x - 3.5, y - 3.5, 7, 7);
            case CIRCLE -> new Ellipse2D.Double(x - 4, y - 4, 8, 8);
            case TRIANGLE -> polygon(x - 5, y + 3.5, x + 5, y + 3.5, x, y - 5);
            case DIAMOND -> polygon(x, y - 5, x + 5, y, x, y + 5, x - 5, y);
            case UPENDED -> polygon(x - 5, y - 3.5, x + 5, y - 3.5, x, y + 5);
            case CROSS ->
                polygon(
                    x - 1.8, y - 5, x + 1.8, y - 5, x + 1.8, y - 1.8, x + 5, y - 1.8, x + 5,
                    y + 1.8, x + 1.8, y + 1.8, x + 1.8, y + 5, x - 1.8, y + 5, x - 1.8, y + 1.8,
                    x - 5, y + 1.8, x - 5, y - 1.8, x - 1.8, y - 1.8);
          };
      g.setColor(color);
      g.fill(shape);
      g.setColor(PAPER);
      g.setStroke(new BasicStroke(0.9f));
      g.draw(shape);
    }

    private static Shape polygon(double... corners) {
      Path2D path = new Path2D.Double();
      path.moveTo(corners[0], corners[1]);
      for (int i = 2; i < corners.length; i += 2) {
        path.lineTo(corners[i], corners[i + 1]);
      }
      path.closePath();
      return path;
    }
  }

  /** The colour of a clock's band, upon which lines and through which other bands are seen. */
  static Color fill(Clock clock) {
    Color color = color(clock);
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), 80);
  }

  /** The line of the nth worker, in every figure: solid, dashed, dotted and again. */
  static BasicStroke line(int worker, float width) {
    float[] dash =
        switch (worker % 3) {
          case 0 -> null;
          case 1 -> new float[] {5f, 3f};
          default -> new float[] {1.5f, 2.5f};
        };
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dash, 0f);
  }

  /** The colour of a number of events, the more the darker; level 0 is the fewest. */
  static Color density(int level, int levels) {
    double share = levels == 1 ? 0.6 : (double) level / (levels - 1);
    double at = share * (DENSITY.length - 1);
    int below = Math.min((int) at, DENSITY.length - 2);
    double rest = at - below;
    Color from = new Color(DENSITY[below]);
    Color to = new Color(DENSITY[below + 1]);
    return new Color(
        between(from.getRed(), to.getRed(), rest),
        between(from.getGreen(), to.getGreen(), rest),
        between(from.getBlue(), to.getBlue(), rest));
  }

  private static int between(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }
}

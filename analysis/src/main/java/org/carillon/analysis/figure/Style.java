package org.carillon.analysis.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
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

  private Style() {}

  /** The colour of a clock, in every figure. */
  static Color color(Clock clock) {
    return switch (clock) {
      case SYSTEM -> new Color(0x4A4F55);
      case NTP -> new Color(0xE08A00);
      case CHRONOTICK -> new Color(0xC2599B);
      case BOUNDED -> new Color(0x0069B4);
      case HINDSIGHT -> new Color(0x1B7F4B);
    };
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
}

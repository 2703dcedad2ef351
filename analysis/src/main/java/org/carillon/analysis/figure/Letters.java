package org.carillon.analysis.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.util.ArrayList;
import java.util.List;

/** Text as shapes, so that a file needs no font where it is shown. */
final class Letters {

  /** Where a text stands relative to its point. */
  enum Anchor {
    LEFT,
    CENTER,
    RIGHT
  }

  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

  private Letters() {}

  /** Draws a line of text with its baseline at y. */
  static void draw(
      Graphics2D g, String text, double x, double y, Anchor anchor, Font font, Color color) {
    GlyphVector glyphs = glyphs(text, font);
    double width = glyphs.getLogicalBounds().getWidth();
    double left =
        switch (anchor) {
          case LEFT -> x;
          case CENTER -> x - width / 2;
          case RIGHT -> x - width;
        };
    g.setColor(color);
    g.fill(glyphs.getOutline((float) left, (float) y));
  }

  private static GlyphVector glyphs(String text, Font font) {
    return font.createGlyphVector(EXACT, legible(text, font));
  }

  /**
   * The text, in which letters that the font does not have are told by their code points, as in the
   * LaTeX tables: boxes in their place would make all such names the same.
   */
  static String legible(String text, Font font) {
    if (font.canDisplayUpTo(text) < 0) {
      return text;
    }
    StringBuilder legible = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (font.canDisplay(c)) {
                legible.appendCodePoint(c);
              } else {
                legible.append(String.format("[U+%04X]", c));
              }
            });
    return legible.toString();
  }

  /** How wide a line of text is, in units. */
  static double width(String text, Font font) {
    return glyphs(text, font).getLogicalBounds().getWidth();
  }

  /** The text in lines that fit a width. */
  static List<String> wrap(String text, Font font, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, font) > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
      } else {
        line.setLength(0);
        line.append(longer);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** The text, cut with an ellipsis if it does not fit a width. */
  static String fit(String text, Font font, double width) {
    if (width(text, font) <= width) {
      return text;
    }
    int length = text.length() - 1;
    while (length > 1 && width(text.substring(0, length) + "…", font) > width) {
      length--;
    }
    return text.substring(0, length) + "…";
  }

  /** The text, cut in its middle if it does not fit: names often differ at their ends. */
  static String shorten(String text, Font font, double width) {
    if (width(text, font) <= width) {
      return text;
    }
    String cut = "…";
    for (int kept = text.length() - 1; kept > 1; kept--) {
      int head = kept / 2;
      cut = text.substring(0, head) + "…" + text.substring(text.length() - (kept - head));
      if (width(cut, font) <= width) {
        return cut;
      }
    }
    return cut;
  }

  /** A name, or two with a comma between, each cut in its middle if they do not fit. */
  static String names(String names, Font font, double width) {
    int comma = names.indexOf(", ");
    if (comma < 0 || width(names, font) <= width) {
      return shorten(names, font, width);
    }
    String first = names.substring(0, comma);
    String second = names.substring(comma + 2);
    double room = width - width(", ", font);
    double secondRoom = Math.max(room / 2, room - width(first, font));
    String secondCut = shorten(second, font, secondRoom);
    return shorten(first, font, room - width(secondCut, font)) + ", " + secondCut;
  }
}

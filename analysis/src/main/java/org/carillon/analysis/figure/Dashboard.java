package org.carillon.analysis.figure;

import java.awt.Graphics2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Several pictures on one page, in two columns of equal width.
 *
 * @param headline stands above everything
 * @param left from top to bottom
 * @param right from top to bottom
 */
record Dashboard(String headline, List<Picture> left, List<Picture> right) implements Picture {

  private static final int HEAD = 30;
  private static final int BETWEEN = 26;

  /** Units across one column of the page. */
  static int columnWidth() {
    return (Style.PAGE_WIDTH - BETWEEN) / 2;
  }

  @Override
  public int width() {
    return Style.PAGE_WIDTH;
  }

  @Override
  public int height() {
    return HEAD + Math.max(height(left), height(right));
  }

  private static int height(List<Picture> column) {
    return column.stream().mapToInt(picture -> picture.height() + BETWEEN).sum() - BETWEEN;
  }

  @Override
  public void paint(Graphics2D g) {
    Letters.draw(
        g,
        Letters.fit(headline, Style.TEXT, width()),
        0,
        15,
        Letters.Anchor.LEFT,
        Style.TEXT,
        Style.INK);
    column(g, left, 0);
    column(g, right, columnWidth() + BETWEEN);
  }

  private static void column(Graphics2D g, List<Picture> pictures, int x) {
    int y = HEAD;
    for (Picture picture : pictures) {
      Graphics2D part = (Graphics2D) g.create();
      part.translate(x, y);
      picture.paint(part);
      part.dispose();
      y += picture.height() + BETWEEN;
    }
  }

  /**
   * The tables of the pictures, named a, b, c, ... from the left column's top to the right's foot.
   */
  @Override
  public Points points() {
    Map<String, Points> panels = new LinkedHashMap<>();
    Stream.concat(left.stream(), right.stream())
        .forEach(
            picture -> panels.put(String.valueOf((char) ('a' + panels.size())), picture.points()));
    return Points.panels(panels);
  }
}

package org.carillon.analysis.figure;

import java.awt.Graphics2D;

/** Something that can be painted at its size, and knows the numbers that it shows. */
interface Picture {

  /** Units across. */
  int width();

  /** Units down. */
  int height();

  /** Paints it with its top left corner at the origin. */
  void paint(Graphics2D g);

  /** What is painted, in numbers. */
  Points points();
}

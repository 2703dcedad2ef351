package org.carillon.analysis.figure;

import java.awt.Graphics2D;

/** Something that can be painted at its size. */
interface Picture {

  /** Units across. */
  int width();

  /** Units down. */
  int height();

  /** Paints it with its top left corner at the origin. */
  void paint(Graphics2D g);
}

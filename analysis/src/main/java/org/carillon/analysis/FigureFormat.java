package org.carillon.analysis;

import java.util.Locale;

/** A file format that figures are written in. */
public enum FigureFormat {
  /** Pixels, at a resolution for print. */
  PNG,
  /** Vectors, for the web. */
  SVG,
  /** Vectors, for a paper. */
  PDF;

  /** The end of a file's name, with its dot. */
  public String suffix() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}

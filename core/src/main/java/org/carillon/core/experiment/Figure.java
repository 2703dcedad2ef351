package org.carillon.core.experiment;

/** The forms in which figures can be drawn. */
public enum Figure {
  PNG,
  SVG,
  PDF
}

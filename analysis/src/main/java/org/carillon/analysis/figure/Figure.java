package org.carillon.analysis.figure;

/**
 * A figure of an analysis.
 *
 * @param name of its files, without suffix
 * @param title its heading
 * @param caption what it shows and how to read it
 * @param picture what is drawn
 */
public record Figure(String name, String title, String caption, Picture picture) {

  /** The numbers that are drawn. */
  public Points points() {
    return picture.points();
  }
}

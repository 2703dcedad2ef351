package org.carillon.core.experiment;

/**
 * Where a key or value was written.
 *
 * @param text {@code FILE:LINE:COLUMN}, both counted from 1, or the option it came from
 */
record Location(String text) {

  static Location inFile(String file, int line, int column) {
    return new Location(file + ":" + line + ":" + column);
  }

  static Location inOption(String option) {
    return new Location(option);
  }

  @Override
  public String toString() {
    return text;
  }
}

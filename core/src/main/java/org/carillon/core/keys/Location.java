package org.carillon.core.keys;

/**
 * Where a key or value was written.
 *
 * @param text {@code FILE:LINE:COLUMN}, both counted from 1, or the option it came from
 */
public record Location(String text) {

  public static Location inFile(String file, int line, int column) {
    return new Location(file + ":" + line + ":" + column);
  }

  public static Location inOption(String option) {
    return new Location(option);
  }

  @Override
  public String toString() {
    return text;
  }
}

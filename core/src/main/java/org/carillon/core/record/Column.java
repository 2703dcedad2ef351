package org.carillon.core.record;

/**
 * One column of a CSV file.
 *
 * @param name as in the header line; ends in the unit where it has one
 * @param type what its cells hold; an empty cell means "not measured"
 * @param required whether a reader refuses a file without it
 */
public record Column(String name, Type type, boolean required) {

  /** What a cell holds. */
  public enum Type {
    /** A 64-bit signed integer: an id, a count or nanoseconds. */
    INTEGER,
    /** A decimal number, such as an offset in milliseconds. */
    DECIMAL,
    /** Any text. */
    TEXT
  }
}

package org.carillon.core.record;

import org.carillon.core.Digits;

/**
 * Writes cells as bytes, each with the comma behind it, without making objects. Every method
 * returns where the next cell begins.
 */
final class CellBytes {

  /** Room for any number and its comma. */
  static final int NUMBER_BYTES_MAX = Digits.ROOM_BYTES + 1;

  private CellBytes() {}

  static int integer(long value, byte[] into, int at) {
    return empty(into, Digits.put(value, into, at));
  }

  /** Nanoseconds as milliseconds: the six digits after the point are exactly the nanoseconds. */
  static int milliseconds(long ns, byte[] into, int at) {
    return empty(into, Digits.putMilliseconds(ns, into, at));
  }

  /**
   * @param cell quoted where it must be; see {@link CsvText#cell}
   */
  static int text(byte[] cell, byte[] into, int at) {
    System.arraycopy(cell, 0, into, at, cell.length);
    return empty(into, at + cell.length);
  }

  static int empty(byte[] into, int at) {
    into[at] = ',';
    return at + 1;
  }

  /** Makes the comma behind the last cell the end of the line. */
  static int endOfLine(byte[] into, int at) {
    into[at - 1] = '\n';
    return at;
  }
}

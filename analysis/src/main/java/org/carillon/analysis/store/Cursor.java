package org.carillon.analysis.store;

import java.util.OptionalLong;

/** The row at hand of an answer that is read row by row. Columns are counted from 1. */
public interface Cursor {

  /** A whole number that is always there. */
  long number(int column);

  /** A whole number, or empty where the answer is null. */
  OptionalLong optionalNumber(int column);

  /** A text that is always there. */
  String text(int column);
}

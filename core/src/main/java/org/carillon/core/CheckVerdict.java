package org.carillon.core;

import java.util.Locale;

/** How a check stands; a check that could not be made is never passed. */
public enum CheckVerdict {
  PASS,
  WARN,
  FAIL,
  UNKNOWN;

  /** The word that stands in files and messages. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

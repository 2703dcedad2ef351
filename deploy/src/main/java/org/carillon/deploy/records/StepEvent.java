package org.carillon.deploy.records;

import java.util.Locale;

/** What became of a step. */
public enum StepEvent {
  /** It is about to be done. */
  BEGIN,
  /** It is done. */
  DONE,
  /**
   * It was not done, and what it touched is as it was before, unless its sentence says otherwise.
   */
  FAILED;

  /** As it stands in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

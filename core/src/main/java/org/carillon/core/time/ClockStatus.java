package org.carillon.core.time;

/** Whether a bounded clock has what it needs to tell the time. */
public enum ClockStatus {
  /** Recent samples bound the time. */
  SYNCHRONIZED("synchronized"),
  /** Polls have failed for a while; the bound still holds but widens with age. */
  HOLDOVER("holdover"),
  /** No sample is fit for use; there is no interval. */
  UNSYNCHRONIZED("unsynchronized");

  private final String text;

  ClockStatus(String text) {
    this.text = text;
  }

  /** The word that stands in files and messages. */
  public String text() {
    return text;
  }
}

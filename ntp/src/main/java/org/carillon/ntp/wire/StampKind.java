package org.carillon.ntp.wire;

/** Who noted when a datagram came. */
public enum StampKind {
  /** The kernel, as the datagram reached it. */
  KERNEL("kernel"),
  /** This process, as soon as it was woken: late by the time that took. */
  USER("user");

  private final String text;

  StampKind(String text) {
    this.text = text;
  }

  /** The word that stands in files and metrics. */
  public String text() {
    return text;
  }
}

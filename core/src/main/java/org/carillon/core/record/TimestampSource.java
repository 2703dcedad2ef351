package org.carillon.core.record;

/** Who stamped a datagram's arrival. */
public enum TimestampSource {
  /** The kernel, when the datagram reached the socket. */
  KERNEL("kernel"),
  /** The receiving thread, when it had the datagram. */
  USER("user");

  private final String text;

  TimestampSource(String text) {
    this.text = text;
  }

  /** The word that stands in files. */
  public String text() {
    return text;
  }
}

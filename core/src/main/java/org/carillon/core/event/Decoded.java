package org.carillon.core.event;

/** What a datagram turned out to be. */
public sealed interface Decoded {

  /** A well-formed event, of whatever run. */
  record Valid(Event event) implements Decoded {}

  /**
   * Not an event.
   *
   * @param reason a few words, such as "short" or "CRC does not match"
   */
  record Malformed(String reason) implements Decoded {}
}

package org.carillon.core.fault;

/**
 * What the faulty lines of a process did.
 *
 * @param datagrams that came to the lines
 * @param lost of these: datagrams that vanished
 * @param duplicated of these: datagrams of which a second copy was made
 * @param heldBack of these: datagrams that let the next one pass
 * @param undelivered datagrams and copies that were still under way at the end, or for which there
 *     was no room
 */
public record InjectedCounts(
    long datagrams, long lost, long duplicated, long heldBack, long undelivered) {

  /** One line for the log. */
  @Override
  public String toString() {
    return "of "
        + datagrams
        + " datagrams, "
        + lost
        + " lost, "
        + duplicated
        + " duplicated, "
        + heldBack
        + " held back, "
        + undelivered
        + " undelivered";
  }
}

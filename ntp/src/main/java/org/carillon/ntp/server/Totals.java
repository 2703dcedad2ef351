package org.carillon.ntp.server;

/**
 * What an NTP server did since it started. Every request is answered, met with a kiss of death or
 * dropped.
 *
 * @param requests well-formed requests of clients
 * @param answers of these, answered with the time
 * @param kisses of these, answered with a kiss of death RATE
 * @param dropped of these, not answered, because the client was over its rate
 * @param malformed datagrams that are no NTP packets
 * @param notFromClient NTP packets that are no requests of a client
 * @param sendFailures answers that the network refused
 */
public record Totals(
    long requests,
    long answers,
    long kisses,
    long dropped,
    long malformed,
    long notFromClient,
    long sendFailures) {

  /** As one line for people. */
  public String text() {
    return requests
        + " requests, "
        + answers
        + " answered, "
        + kisses
        + " told to slow down, "
        + dropped
        + " dropped over the rate limit, "
        + malformed
        + " malformed, "
        + notFromClient
        + " not from clients, "
        + sendFailures
        + " answers not sent";
  }
}

package org.carillon.ntp.simulation;

/**
 * The four timestamps of an exchange, and when it ended.
 *
 * @param t1Ns when the request left, local time
 * @param t2Ns when it came, server time
 * @param t3Ns when the answer left, server time
 * @param t4Ns when it came, local time
 * @param endNs when it came, true time
 */
public record Exchanged(long t1Ns, long t2Ns, long t3Ns, long t4Ns, long endNs) {

  /** How long it was on its way, as the client sees it. */
  public long delayNs() {
    return (t4Ns - t1Ns) - (t3Ns - t2Ns);
  }
}

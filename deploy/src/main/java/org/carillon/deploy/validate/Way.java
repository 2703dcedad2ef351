package org.carillon.deploy.validate;

import java.util.OptionalDouble;

/**
 * What became of datagrams from one host to another and of the answers.
 *
 * @param from who asked
 * @param to who answered
 * @param sent questions
 * @param arrived how many of them arrived
 * @param answered how many answers came back
 * @param delayMinUs shortest round trip without what the other one took, µs
 * @param delayMedianUs of all round trips; empty without any
 */
public record Way(
    String from,
    String to,
    long sent,
    long arrived,
    long answered,
    OptionalDouble delayMinUs,
    OptionalDouble delayMedianUs) {

  /** Questions that never arrived. */
  public long lostThere() {
    return sent - arrived;
  }

  /** Answers that never came back. */
  public long lostBack() {
    return arrived - answered;
  }
}

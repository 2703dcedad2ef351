package org.carillon.clock;

/**
 * A weighted regression of offset on time by a line whose slope walks at random: a Kalman filter
 * with two states (R. E. Kalman: A new approach to linear filtering and prediction problems, J.
 * Basic Engineering 82, 1960). Immutable.
 *
 * <p>A sample's weight is that of a measurement with the variance fine² + excess²: who was on the
 * way for longer than the fastest has waited in queues, on one way or on both, and is off by up to
 * half of that.
 *
 * @param walk2 variance by which the rate walks in a second, (ns/s)²/s
 * @param fine2 variance of a sample without excess, ns²
 * @param offsetNs estimated
 * @param rateNsPerS estimated
 * @param offset2 its variance, ns²
 * @param both2 the covariance of the two, ns²/s
 * @param rate2 variance of the rate, ns²/s²
 * @param logLikelihood of the samples, less so the older they are
 */
record WalkingLine(
    double walk2,
    double fine2,
    double offsetNs,
    double rateNsPerS,
    double offset2,
    double both2,
    double rate2,
    double logLikelihood) {

  /** How much of a sample's say in which line is the best is left at the next one: 64 count. */
  private static final double REMEMBERED = 1 - 1.0 / 64;

  /**
   * After one sample, whose offset stands for 0.
   *
   * @param walkNsPerS standard deviation by which the rate walks in a second
   * @param fineNs standard deviation of a sample without excess
   * @param excessNs half of how much longer than the fastest the sample was on its way, ≥ 0
   * @param rateMaxNsPerS what the rate is taken to be before anything is known of it: 0 ± this
   */
  static WalkingLine of(double walkNsPerS, double fineNs, double excessNs, double rateMaxNsPerS) {
    return new WalkingLine(
        walkNsPerS * walkNsPerS,
        fineNs * fineNs,
        0,
        0,
        fineNs * fineNs + excessNs * excessNs,
        0,
        rateMaxNsPerS * rateMaxNsPerS,
        0);
  }

  /**
   * @param seconds since the last sample; before it, if negative
   * @param sampleNs measured offset
   * @param excessNs half of how much longer than the fastest the sample was on its way, ≥ 0
   */
  WalkingLine with(double seconds, double sampleNs, double excessNs) {
    double walked2 = walk2 * Math.abs(seconds);
    double expectedNs = offsetNs + rateNsPerS * seconds;
    double expected2 = offset2 + seconds * (2 * both2 + seconds * (rate2 + walked2 / 3));
    double expectedBoth2 = both2 + seconds * (rate2 + walked2 / 2);
    double expectedRate2 = rate2 + walked2;
    double surpriseNs = sampleNs - expectedNs;
    double surprise2 = expected2 + fine2 + excessNs * excessNs;
    double gain = expected2 / surprise2;
    double rateGain = expectedBoth2 / surprise2;
    return new WalkingLine(
        walk2,
        fine2,
        expectedNs + gain * surpriseNs,
        rateNsPerS + rateGain * surpriseNs,
        (1 - gain) * expected2,
        (1 - gain) * expectedBoth2,
        expectedRate2 - rateGain * expectedBoth2,
        REMEMBERED * logLikelihood
            - (Math.log(surprise2) + surpriseNs * surpriseNs / surprise2) / 2);
  }
}

package org.carillon.clock;

import java.util.List;

/**
 * The best guess of offset and rate: a weighted linear regression over one server's recent samples.
 *
 * <p>A sample that was on its way for longer than the fastest one has waited in queues, on one way
 * or on both, and its offset is off by up to half of that. So its weight is that of a measurement
 * with the deviation
 *
 * <pre>σ² = quartile² + excess² + w²·age³/3</pre>
 *
 * where excess is what its error bound has above the smallest one, quartile the lower quartile of
 * all excesses (how exact a fast sample is) and the last term a random walk of the frequency. A
 * rate of 0 within the drift bound counts as one more measurement, which makes a guess of any
 * number of samples. See docs/clock.md.
 *
 * @param rawNs moment of the newest sample, local time
 * @param baseNs its offset
 * @param aboveBaseNs the estimated offset at that moment, above the base
 * @param rateNsPerS the estimated rate of the offset, ns per second of local time
 */
record OffsetEstimate(long rawNs, long baseNs, double aboveBaseNs, double rateNsPerS) {

  /** w²: an ordinary crystal's frequency walks by about 1 ns/s, that is 0.001 ppm, in a second. */
  private static final double WALK_NS2_PER_S3 = 1;

  /** The finest that any sample is taken to be. */
  private static final double FINEST_NS = 100;

  private static final double SECOND_NS = 1e9;

  /**
   * @param samples of one server, oldest first, at least one
   */
  static OffsetEstimate of(List<Measurement> samples, Assumptions assumptions) {
    Measurement newest = samples.getLast();
    long[] sortedNs = samples.stream().mapToLong(Measurement::errorNs).sorted().toArray();
    double smallestNs = sortedNs[0];
    double fineNs = Math.max(FINEST_NS, sortedNs[(sortedNs.length - 1) / 4] - smallestNs);
    double sumW = 0;
    double sumT = 0;
    double sumY = 0;
    double sumTt = 1 / (assumptions.rateNsPerS() * assumptions.rateNsPerS());
    double sumTy = 0;
    for (Measurement sample : samples) {
      double timeS = (sample.rawNs() - newest.rawNs()) / SECOND_NS;
      double offsetNs = sample.offsetNs() - newest.offsetNs();
      double excessNs = sample.errorNs() - smallestNs;
      double walkNs2 = WALK_NS2_PER_S3 * Math.abs(timeS * timeS * timeS) / 3;
      double weight = 1 / (fineNs * fineNs + excessNs * excessNs + walkNs2);
      sumW += weight;
      sumT += weight * timeS;
      sumY += weight * offsetNs;
      sumTt += weight * timeS * timeS;
      sumTy += weight * timeS * offsetNs;
    }
    double determinant = sumW * sumTt - sumT * sumT;
    return new OffsetEstimate(
        newest.rawNs(),
        newest.offsetNs(),
        (sumTt * sumY - sumT * sumTy) / determinant,
        (sumW * sumTy - sumT * sumY) / determinant);
  }

  /** As it is, but with a rate that is possible. */
  OffsetEstimate within(PlausibleStates states) {
    ConvexPolygon.Span possible = states.ratesNsPerS();
    return new OffsetEstimate(
        rawNs, baseNs, aboveBaseNs, Math.clamp(rateNsPerS, possible.lowest(), possible.highest()));
  }

  /** The estimated offset at a moment, rounded to the nearest. */
  long offsetNs(long atRawNs) {
    return baseNs + Math.round(aboveBaseNs + rateNsPerS * ((atRawNs - rawNs) / SECOND_NS));
  }
}

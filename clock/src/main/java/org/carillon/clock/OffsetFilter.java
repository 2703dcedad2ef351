package org.carillon.clock;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What one server's samples let guess of offset and rate: the answers of several {@link
 * WalkingLine}s, each with the weight of how well it foretold the samples so far.
 *
 * <p>They differ in how far the clock's frequency walks and in how exact a sample is that met no
 * queue. Neither is known beforehand: a crystal walks by 0.0001 ppm in a second in a quiet room and
 * by a hundred times that in a machine that warms up, and a fast sample is good to 100 ns on a LAN
 * and to a millisecond over the internet. The samples tell (D. T. Magill: Optimal adaptive
 * estimation of sampled stochastic processes, IEEE Trans. Automatic Control 10 (4), 1965). See
 * docs/clock.md.
 *
 * @param rawNs moment of the newest sample
 * @param baseNs the offset that 0 stands for
 * @param lines one for every pair of {@link #WALKS_PPM} and {@link #FINE_NS}
 */
record OffsetFilter(long rawNs, long baseNs, List<WalkingLine> lines) {

  /** How far the frequency may walk in a second, standard deviation. */
  private static final double[] WALKS_PPM = {0.0001, 0.001, 0.01, 0.1};

  /** How exact a sample without any excess may be, standard deviation. */
  private static final double[] FINE_NS = {100, 1_000, 10_000, 100_000, 1_000_000};

  private static final double NS_PER_S_OF_PPM = 1_000;
  private static final double SECOND_NS = 1e9;

  /**
   * What some samples tell.
   *
   * @param samples of one server, oldest first, at least one
   */
  static OffsetFilter of(List<Measurement> samples, Assumptions assumptions) {
    long fastestNs = fastestNs(samples);
    Measurement first = samples.getFirst();
    double firstExcessNs = excessNs(first, fastestNs);
    OffsetFilter filter =
        new OffsetFilter(
            first.rawNs(),
            first.likelyOffsetNs(),
            DoubleStream.of(WALKS_PPM)
                .map(ppm -> ppm * NS_PER_S_OF_PPM)
                .boxed()
                .flatMap(
                    walk ->
                        DoubleStream.of(FINE_NS)
                            .mapToObj(
                                fine ->
                                    WalkingLine.of(
                                        walk, fine, firstExcessNs, assumptions.rateNsPerS())))
                .toList());
    for (Measurement sample : samples.subList(1, samples.size())) {
      filter = filter.with(sample, excessNs(sample, fastestNs));
    }
    return filter;
  }

  /**
   * Takes the next sample in.
   *
   * @param recent samples, oldest first, with the new one as the last. The fastest of them is taken
   *     to have met no queue
   */
  OffsetFilter with(List<Measurement> recent) {
    Measurement next = recent.getLast();
    return with(next, excessNs(next, fastestNs(recent)));
  }

  private static long fastestNs(List<Measurement> samples) {
    return samples.stream().mapToLong(Measurement::delayNs).min().orElseThrow();
  }

  /** By how much a sample can be off if the fastest one is not. */
  private static double excessNs(Measurement sample, long fastestNs) {
    return (sample.delayNs() - fastestNs) / 2.0;
  }

  private OffsetFilter with(Measurement sample, double excessNs) {
    double seconds = (sample.rawNs() - rawNs) / SECOND_NS;
    double aboveBaseNs = sample.likelyOffsetNs() - baseNs;
    return new OffsetFilter(
        sample.rawNs(),
        baseNs,
        lines.stream().map(line -> line.with(seconds, aboveBaseNs, excessNs)).toList());
  }

  /** The mean of all, by their weights. */
  OffsetEstimate estimate() {
    double best = lines.stream().mapToDouble(WalkingLine::logLikelihood).max().orElseThrow();
    double sum = 0;
    double offsetNs = 0;
    double rateNsPerS = 0;
    for (WalkingLine line : lines) {
      double weight = Math.exp(line.logLikelihood() - best);
      sum += weight;
      offsetNs += weight * line.offsetNs();
      rateNsPerS += weight * line.rateNsPerS();
    }
    return new OffsetEstimate(rawNs, baseNs, offsetNs / sum, rateNsPerS / sum);
  }
}

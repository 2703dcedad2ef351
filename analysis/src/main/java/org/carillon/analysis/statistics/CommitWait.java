package org.carillon.analysis.statistics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long a commit must wait until it is past for certain: the width of the interval (J. C.
 * Corbett et al., "Spanner: Google's globally distributed database", OSDI 2012, section 4.1.2).
 *
 * @param atEvent when the event arrived
 * @param after after each delay in ns
 * @param coordination by ε in ns: how many intervals at the event are wider than ε. An application
 *     that tolerates an uncertainty of ε can act on the clock alone for the others; these need
 *     coordination with the other nodes, or a wait
 */
public record CommitWait(
    Distribution atEvent, Map<Long, Distribution> after, Map<Long, Rate> coordination) {
  public CommitWait {
    after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
    coordination = Collections.unmodifiableMap(new LinkedHashMap<>(coordination));
  }

  /** Commits per second if each waits for the one before it, by the mean wait. */
  public Optional<BigDecimal> serialRateByMeanHz() {
    return atEvent.sumNs().flatMap(sumNs -> rateHz(atEvent.n(), new BigDecimal(sumNs)));
  }

  /** Commits per second if each waits for the one before it and all as long as the median. */
  public Optional<BigDecimal> serialRateByMedianHz() {
    return atEvent.p50Ns().isEmpty()
        ? Optional.empty()
        : rateHz(1, BigDecimal.valueOf(atEvent.p50Ns().getAsLong()));
  }

  /** The rate of so many commits that took so long together. */
  private static Optional<BigDecimal> rateHz(long commits, BigDecimal waitNs) {
    return waitNs.signum() <= 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(commits)
                .multiply(BigDecimal.valueOf(1_000_000_000L))
                .divide(waitNs, 3, RoundingMode.HALF_EVEN));
  }
}

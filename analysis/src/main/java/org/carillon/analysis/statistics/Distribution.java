package org.carillon.analysis.statistics;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * n values in ns. Percentiles are by nearest rank: percentile p is the value at position ⌈p·n⌉ of
 * the sorted values, and empty below n = 1/(1−p). Where n gives a confidence interval of one, it
 * stands beside it.
 *
 * @param meanNs the sum by n, cut to whole ns
 * @param sumNs of all values
 */
public record Distribution(
    long n,
    OptionalLong p50Ns,
    OptionalLong p90Ns,
    OptionalLong p99Ns,
    OptionalLong p999Ns,
    OptionalLong maxNs,
    Optional<ConfidenceInterval> p50CiNs,
    Optional<ConfidenceInterval> p90CiNs,
    Optional<ConfidenceInterval> p99CiNs,
    Optional<ConfidenceInterval> p999CiNs,
    OptionalLong minNs,
    OptionalLong meanNs,
    Optional<BigInteger> sumNs) {

  /** Of values of which neither confidence intervals nor the least and the mean are known. */
  public Distribution(
      long n,
      OptionalLong p50Ns,
      OptionalLong p90Ns,
      OptionalLong p99Ns,
      OptionalLong p999Ns,
      OptionalLong maxNs) {
    this(
        n,
        p50Ns,
        p90Ns,
        p99Ns,
        p999Ns,
        maxNs,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }
}

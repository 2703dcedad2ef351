package org.carillon.analysis.statistics;

import java.util.OptionalLong;

/**
 * Percentiles of n values in ns, by nearest rank: percentile p is the value at position ⌈p·n⌉ of
 * the sorted values, and empty below n = 1/(1−p).
 */
public record Distribution(
    long n,
    OptionalLong p50Ns,
    OptionalLong p90Ns,
    OptionalLong p99Ns,
    OptionalLong p999Ns,
    OptionalLong maxNs) {}

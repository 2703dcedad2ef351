package org.carillon.control.statistics;

/**
 * Latencies in ns, of any sign: the best estimates of two bounded clocks may lie on the wrong side
 * of each other by their errors. Two HdrHistograms, of the values from 0 up and of the magnitudes
 * below, with three significant digits.
 */
public final class LatencyHistogram {}

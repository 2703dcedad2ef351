package org.carillon.analysis.statistics;

/**
 * How often true time lies inside the interval.
 *
 * @param n intervals of which true time is known
 * @param inside of these, how many hold it
 */
public record Coverage(long n, long inside) {}

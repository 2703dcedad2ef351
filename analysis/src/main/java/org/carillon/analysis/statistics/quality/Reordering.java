package org.carillon.analysis.statistics.quality;

import java.util.OptionalLong;

/**
 * How far reordered arrivals came too late: the reordering extent of RFC 4737 §4.2.2, in arrivals.
 *
 * @param n reordered arrivals
 * @param p50 the median, by nearest rank
 * @param p99 empty below 100
 * @param most the largest
 */
public record Reordering(long n, OptionalLong p50, OptionalLong p99, long most) {}

package org.carillon.analysis.statistics.quality;

import java.util.OptionalLong;

/**
 * How far apart the workers had the first event that all of them had, by one clock.
 *
 * @param eventId that event
 * @param workers at least 2
 * @param bestNs between the first and the last best estimate; empty if there are none
 * @param atLeastNs what the bounds allow at least
 * @param atMostNs what the bounds allow at most
 * @param trueNs in true time; empty unless that is known
 */
public record FirstArrivals(
    long eventId,
    long workers,
    OptionalLong bestNs,
    long atLeastNs,
    long atMostNs,
    OptionalLong trueNs) {}

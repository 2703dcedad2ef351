package org.carillon.analysis.statistics.quality;

import java.util.Optional;
import org.carillon.analysis.statistics.Distribution;

/**
 * A clock as it stands in the rows of a node: what it claimed of the node's own clock at each
 * event.
 *
 * @param n events with a reading
 * @param offsets the clock less the node's own
 * @param width of its intervals; empty if there are none
 * @param jumps of its intervals from one reading to the next: two that exclude each other at any
 *     rate of the node's clock, while that was not set. Empty if there are fewer than two
 * @param againstTruth whether its bounds hold true time; empty unless that is known
 * @param heldOut whether exchanges that it was not made from confirm it; empty if there are none
 */
public record ClaimedClock(
    long n,
    Offsets offsets,
    Optional<Distribution> width,
    Optional<Jumps> jumps,
    Optional<ClaimVerdict> againstTruth,
    Optional<ClaimVerdict> heldOut) {}

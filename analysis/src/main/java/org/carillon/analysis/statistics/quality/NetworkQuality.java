package org.carillon.analysis.statistics.quality;

import java.util.Optional;

/**
 * What became of the datagrams to one worker.
 *
 * @param sent events
 * @param causes of what was lost
 * @param bursts of what was lost before the last arrival; empty if nothing was
 * @param duplicates further rows of events that were received
 * @param reordering empty if nothing was reordered
 * @param reception empty if the worker left no reception_NODE.csv
 */
public record NetworkQuality(
    long sent,
    LossCauses causes,
    Optional<Bursts> bursts,
    long duplicates,
    Optional<Reordering> reordering,
    Optional<Reception> reception) {}

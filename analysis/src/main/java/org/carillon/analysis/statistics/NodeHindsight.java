package org.carillon.analysis.statistics;

import java.util.OptionalLong;

/**
 * What hindsight is made from at one node, and what it gives.
 *
 * @param assumptions on the node's counter, in words
 * @param assumptionsRecorded whether the run recorded them; else they are the usual ones
 * @param servers time servers with accepted samples
 * @param samples accepted ones
 * @param moments events with a time on the counter
 * @param intervals of these, how many have an interval in hindsight
 * @param apart of these, how many have none because it would not meet the interval known online
 * @param bounds from events of other nodes that were used
 * @param refutedBounds how often such bounds contradicted the node's own samples, and were left out
 * @param onlineP50Ns median width online, of events with both
 * @param hindsightP50Ns median width in hindsight, of the same
 */
public record NodeHindsight(
    String assumptions,
    boolean assumptionsRecorded,
    long servers,
    long samples,
    long moments,
    long intervals,
    long apart,
    long bounds,
    long refutedBounds,
    OptionalLong onlineP50Ns,
    OptionalLong hindsightP50Ns) {

  /** The same with the widths, which are known later. */
  NodeHindsight withWidths(OptionalLong onlineNs, OptionalLong hindsightNs) {
    return new NodeHindsight(
        assumptions,
        assumptionsRecorded,
        servers,
        samples,
        moments,
        intervals,
        apart,
        bounds,
        refutedBounds,
        onlineNs,
        hindsightNs);
  }
}

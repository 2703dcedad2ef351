package org.carillon.control.statistics;

import java.util.OptionalLong;

/**
 * What a worker has counted since it began; docs/formats.md explains each. All are 0 or more.
 *
 * @param received events of the run, duplicates included
 * @param duplicates of these: events whose id had been seen
 * @param undecided of these: events too old to tell
 * @param outOfOrder of these: events that came first after one with a higher id
 * @param missing ids up to the highest seen, or the last sent if that is known, that have not come
 * @param highestEventId the highest id seen, or 0
 * @param foreign events of another run
 * @param malformed datagrams that are no events
 * @param rowsWritten rows in the output file
 * @param rowsLost rows that are not in it although their events arrived
 * @param receiveErrors how often receiving failed
 * @param kernelDrops datagrams dropped since the socket's buffer was full; empty where the system
 *     does not tell
 */
public record Counters(
    long received,
    long duplicates,
    long undecided,
    long outOfOrder,
    long missing,
    long highestEventId,
    long foreign,
    long malformed,
    long rowsWritten,
    long rowsLost,
    long receiveErrors,
    OptionalLong kernelDrops) {

  /** Nothing counted; of a workload that receives no events, or none yet. */
  public static final Counters ZERO =
      new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, OptionalLong.empty());

  /** Both together: sums, and the larger of the highest ids. */
  public Counters plus(Counters other) {
    return new Counters(
        received + other.received,
        duplicates + other.duplicates,
        undecided + other.undecided,
        outOfOrder + other.outOfOrder,
        missing + other.missing,
        Math.max(highestEventId, other.highestEventId),
        foreign + other.foreign,
        malformed + other.malformed,
        rowsWritten + other.rowsWritten,
        rowsLost + other.rowsLost,
        receiveErrors + other.receiveErrors,
        kernelDrops.isEmpty() && other.kernelDrops.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(kernelDrops.orElse(0) + other.kernelDrops.orElse(0)));
  }
}

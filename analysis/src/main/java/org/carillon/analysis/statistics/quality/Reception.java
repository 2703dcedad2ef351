package org.carillon.analysis.statistics.quality;

import java.util.OptionalLong;

/**
 * What reception_NODE.csv tells of a worker's datagrams.
 *
 * @param seconds rows, each about a second in which something came
 * @param received events of the run, duplicates included
 * @param mostReceived in one of the seconds
 * @param malformed datagrams that are no events
 * @param foreign events of another run
 * @param kernelDrops datagrams that the kernel dropped; empty unless it told in every second
 * @param secondsWithDrops seconds with any
 * @param mostDrops in one of the seconds
 * @param rowsLost rows of events that did not get into their file
 * @param unaccounted received, less the lines of the worker's file and the rows lost: zero if the
 *     worker came to its end in good order
 */
public record Reception(
    long seconds,
    long received,
    OptionalLong mostReceived,
    long malformed,
    long foreign,
    OptionalLong kernelDrops,
    long secondsWithDrops,
    OptionalLong mostDrops,
    long rowsLost,
    long unaccounted) {}

package org.carillon.analysis.statistics;

/**
 * What became of the events at one worker.
 *
 * @param received events with a row that counts
 * @param lost events sent, less received
 * @param duplicates further rows of an event that was received
 * @param outOfOrder events whose id is below one that came before
 * @param foreign rows of another run (an unknown event id, or a send time more than 100 ms off), or
 *     that name another node than the rest of their file
 */
public record Accounting(
    long received, long lost, long duplicates, long outOfOrder, long foreign) {}

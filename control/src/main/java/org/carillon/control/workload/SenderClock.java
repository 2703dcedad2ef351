package org.carillon.control.workload;

/**
 * What must be added to the sender's local clock to get true time.
 *
 * @param offsetNs true time minus the sender's local clock, any sign
 * @param boundNs half the width of the interval, above 0
 */
public record SenderClock(long offsetNs, long boundNs) {}

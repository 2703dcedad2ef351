package org.carillon.ntp;

import org.carillon.core.record.TimestampSource;

/**
 * When a datagram left or came.
 *
 * @param localNs on the node's clock, ns since the Unix epoch
 * @param rawNs on the node's free-running counter, ns since an arbitrary moment: not after it left,
 *     or not before it came
 * @param source who noted it
 */
record Stamp(long localNs, long rawNs, TimestampSource source) {}

package org.carillon.analysis.statistics.quality;

import java.util.Optional;
import org.carillon.analysis.statistics.Distribution;

/**
 * How the coordinator kept to its schedule.
 *
 * @param clock that lateness was measured on: {@code monotonic}, or {@code system}, which may be
 *     set meanwhile
 * @param lateness later than due
 * @param aboveMillisecond how many events were later than 1 ms
 * @param transmit from the send time until the kernel handed the first datagram to the network;
 *     empty if it did not tell
 */
public record SenderQuality(
    String clock, Distribution lateness, long aboveMillisecond, Optional<Distribution> transmit) {}

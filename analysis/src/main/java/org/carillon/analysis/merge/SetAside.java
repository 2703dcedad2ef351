package org.carillon.analysis.merge;

import java.util.OptionalLong;

/**
 * A worker's row that could be read but does not count.
 *
 * @param fate {@code duplicate} or {@code foreign}
 */
public record SetAside(
    int file,
    String node,
    long line,
    long eventId,
    OptionalLong sequenceNumber,
    long receiveTimeNs,
    long coordinatorSendTimeNs,
    String fate) {}
